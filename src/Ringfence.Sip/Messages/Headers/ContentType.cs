using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>Content-Type = m-type SLASH m-subtype *(SEMI m-parameter) (RFC 3261 §20.15).</summary>
public readonly ref struct ContentType
{
    private ContentType(ReadOnlySpan<byte> type, ReadOnlySpan<byte> subtype, ReadOnlySpan<byte> parameters)
    {
        Type = type;
        Subtype = subtype;
        ParametersText = parameters;
    }

    /// <summary>The type: application, multipart, …</summary>
    public ReadOnlySpan<byte> Type { get; }

    /// <summary>The subtype: sdp, mixed, …</summary>
    public ReadOnlySpan<byte> Subtype { get; }

    /// <summary>All parameters as received, from the first semicolon.</summary>
    public ReadOnlySpan<byte> ParametersText { get; }

    /// <summary>True for any multipart.</summary>
    public bool IsMultipart => Ascii.EqualsIgnoreCase(Type, "multipart"u8);

    /// <summary>The boundary of a multipart; empty when there is none.</summary>
    public ReadOnlySpan<byte> Boundary =>
        Parameters.TryGet(ParametersText, "boundary"u8, out ReadOnlySpan<byte> value) ? value : default;

    /// <summary>True when type and subtype are these, in any case.</summary>
    public bool Is(ReadOnlySpan<byte> type, ReadOnlySpan<byte> subtype) =>
        Ascii.EqualsIgnoreCase(Type, type) && Ascii.EqualsIgnoreCase(Subtype, subtype);

    /// <summary>Reads a value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out ContentType result)
    {
        result = default;
        int slash = value.IndexOf((byte)'/');
        if (slash < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = Lws.TrimStart(value[(slash + 1)..]);
        int length = rest.TokenLength();
        result = new ContentType(Lws.TrimEnd(value[..slash]), rest[..length], rest[length..]);
        return result.Type.ContainsOnlyToken() && length > 0 && Parameters.AreSound(result.ParametersText);
    }
}
