namespace Ringfence.Sip.Messages;

/// <summary>One History-Info entry (RFC 7044 §5): where the request was sent, in which order, and why it was sent on.</summary>
public readonly ref struct HistoryInfo
{
    private HistoryInfo(NameAddr address) => Address = address;

    /// <summary>The entry taken apart.</summary>
    public NameAddr Address { get; }

    /// <summary>The index, as "1.2.1".</summary>
    public ReadOnlySpan<byte> Index =>
        Address.TryGetParameter("index"u8, out ReadOnlySpan<byte> value) ? value : default;

    /// <summary>The Reason that stands escaped in the URI (§10.2), escapes as received; empty when there is none.</summary>
    public ReadOnlySpan<byte> EscapedReason => Header("Reason"u8);

    /// <summary>The Privacy that stands escaped in the URI (§10.1); empty when there is none.</summary>
    public ReadOnlySpan<byte> EscapedPrivacy => Header("Privacy"u8);

    /// <summary>Reads one entry; false when it breaks the grammar or has no index.</summary>
    public static bool TryParse(ReadOnlySpan<byte> item, out HistoryInfo result)
    {
        bool isAddress = NameAddr.TryParse(item, out NameAddr address);
        result = new HistoryInfo(address);
        return isAddress && !result.Index.IsEmpty && !result.Index.ContainsAnyExceptInRange((byte)'.', (byte)'9');
    }

    private ReadOnlySpan<byte> Header(ReadOnlySpan<byte> name) =>
        SipUri.TryParse(Address.Uri, out SipUri uri) && uri.Headers.TryGet(name, out ReadOnlySpan<byte> value)
            ? value
            : default;
}
