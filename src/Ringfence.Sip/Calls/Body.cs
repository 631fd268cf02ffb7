using System.Text;

namespace Ringfence.Sip.Calls;

/// <summary>What a message carries behind its headers; <c>default</c> for nothing.</summary>
/// <param name="ContentType">The media type, as in Content-Type.</param>
/// <param name="Content">The bytes.</param>
public readonly record struct Body(ReadOnlyMemory<byte> ContentType, ReadOnlyMemory<byte> Content)
{
    // No line of SDP begins with a hyphen.
    private static readonly byte[] MixedType = "multipart/mixed; boundary=ringfence-session"u8.ToArray();
    private static readonly byte[] SdpType = "application/sdp"u8.ToArray();
    private static readonly byte[] EarlyDisposition = "early-session"u8.ToArray();

    /// <summary>No body.</summary>
    public static Body None => default;

    /// <summary>True when there is nothing.</summary>
    public bool IsEmpty => Content.IsEmpty;

    /// <summary>The value of Content-Disposition; empty for none.</summary>
    public ReadOnlyMemory<byte> Disposition { get; private init; }

    /// <summary>The description of an early session that this is or has as a part (RFC 3959); empty for none.</summary>
    public ReadOnlyMemory<byte> EarlyDescription { get; private init; }

    /// <summary>What it says of the session itself: without the part of an early session.</summary>
    internal Body Session => EarlyDescription.IsEmpty ? this : Sdp(SessionDescription);

    private ReadOnlyMemory<byte> SessionDescription { get; init; }

    /// <summary>A session description (RFC 8866).</summary>
    public static Body Sdp(ReadOnlyMemory<byte> description) => new(SdpType, description);

    /// <summary>A session description as text, its lines ended in any way; CRLF goes out (RFC 8866 §5).</summary>
    public static Body Sdp(string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        string text = description.ReplaceLineEndings("\r\n");
        return Sdp(Encoding.UTF8.GetBytes(text.EndsWith('\n') ? text : text + "\r\n"));
    }

    /// <summary>
    /// The description of an early session (RFC 3959 §4), alone or beside that of the session: then multipart/mixed, as in figure 3 there.
    /// </summary>
    /// <param name="early">SDP of the early session.</param>
    /// <param name="session">SDP of the session; empty for none.</param>
    public static Body EarlySdp(ReadOnlyMemory<byte> early, ReadOnlyMemory<byte> session = default)
    {
        Body whole = session.IsEmpty
            ? new Body(SdpType, early) { Disposition = EarlyDisposition }
            : new Body(MixedType, Mixed(session.Span, early.Span));
        return whole with { EarlyDescription = early, SessionDescription = session };
    }

    private static byte[] Mixed(ReadOnlySpan<byte> session, ReadOnlySpan<byte> early) =>
        [
            .. "--ringfence-session\r\nContent-Type: application/sdp\r\nContent-Disposition: session\r\n\r\n"u8,
            .. session,
            .. "\r\n--ringfence-session\r\nContent-Type: application/sdp\r\nContent-Disposition: early-session\r\n\r\n"u8,
            .. early,
            .. "\r\n--ringfence-session--\r\n"u8,
        ];
}
