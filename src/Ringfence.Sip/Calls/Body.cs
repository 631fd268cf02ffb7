using System.Text;

namespace Ringfence.Sip.Calls;

/// <summary>What a message carries behind its headers; <c>default</c> for nothing.</summary>
/// <param name="ContentType">The media type, as in Content-Type.</param>
/// <param name="Content">The bytes.</param>
public readonly record struct Body(ReadOnlyMemory<byte> ContentType, ReadOnlyMemory<byte> Content)
{
    private static readonly byte[] SdpType = "application/sdp"u8.ToArray();

    /// <summary>No body.</summary>
    public static Body None => default;

    /// <summary>True when there is nothing.</summary>
    public bool IsEmpty => Content.IsEmpty;

    /// <summary>A session description (RFC 8866).</summary>
    public static Body Sdp(ReadOnlyMemory<byte> description) => new(SdpType, description);

    /// <summary>A session description as text, its lines ended in any way; CRLF goes out (RFC 8866 §5).</summary>
    public static Body Sdp(string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        string text = description.ReplaceLineEndings("\r\n");
        return Sdp(Encoding.UTF8.GetBytes(text.EndsWith('\n') ? text : text + "\r\n"));
    }
}
