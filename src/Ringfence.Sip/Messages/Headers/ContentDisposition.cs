using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>Content-Disposition = disp-type *( SEMI disp-param ) (RFC 3261 §20.11).</summary>
public readonly ref struct ContentDisposition
{
    private ContentDisposition(ReadOnlySpan<byte> type, ReadOnlySpan<byte> parameters)
    {
        Type = type;
        ParametersText = parameters;
    }

    /// <summary>The disposition: session, early-session, render, …</summary>
    public ReadOnlySpan<byte> Type { get; }

    /// <summary>All parameters as received, from the first semicolon.</summary>
    public ReadOnlySpan<byte> ParametersText { get; }

    /// <summary>True with handling=optional: a body that is not understood may be passed over; otherwise it earns 415.</summary>
    public bool IsOptional =>
        Parameters.TryGet(ParametersText, "handling"u8, out ReadOnlySpan<byte> value)
        && Ascii.EqualsIgnoreCase(value, "optional"u8);

    /// <summary>Reads a value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out ContentDisposition result)
    {
        int length = value.TokenLength();
        result = new ContentDisposition(value[..length], value[length..]);
        return length > 0 && Parameters.AreSound(result.ParametersText);
    }
}
