namespace Ringfence.Sip.Messages;

/// <summary>One Call-Info, Alert-Info or Error-Info value (RFC 3261 §20.9): a URI in brackets and what it is for.</summary>
public readonly ref struct CallInfo
{
    private CallInfo(NameAddr address) => Address = address;

    /// <summary>The value taken apart.</summary>
    public NameAddr Address { get; }

    /// <summary>The URI.</summary>
    public ReadOnlySpan<byte> Uri => Address.Uri;

    /// <summary>The purpose: icon, info, card, jcard, …; empty when there is none.</summary>
    public ReadOnlySpan<byte> Purpose =>
        Address.TryGetParameter("purpose"u8, out ReadOnlySpan<byte> value) ? value : default;

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> item, out CallInfo result)
    {
        bool isAddress = NameAddr.TryParse(item, out NameAddr address) && address.IsBracketed;
        result = new CallInfo(address);
        return isAddress;
    }
}
