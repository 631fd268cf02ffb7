using System.Text;
using Ringfence.Media.Codecs;

namespace Ringfence.Media.Sdp;

/// <summary>One format of an RTP medium: payload type, what it stands for, and its parameters.</summary>
/// <param name="PayloadType">RTP payload type, 0 to 127.</param>
/// <param name="Format">Encoding by <c>a=rtpmap</c>, or by RFC 3551 where a static type has none.</param>
/// <param name="Parameters">Value of <c>a=fmtp</c> without the payload type, or null.</param>
public sealed record RtpMap(byte PayloadType, AudioFormat Format, string? Parameters)
{
    /// <summary>Static payload type of comfort noise at 8 kHz (RFC 3551 section 6).</summary>
    public const byte ComfortNoiseType = 13;

    /// <summary>Whether these are named telephone events (RFC 4733).</summary>
    public bool IsTelephoneEvent => Format.IsNamed("telephone-event");

    /// <summary>Whether this is comfort noise (RFC 3389).</summary>
    public bool IsComfortNoise => Format.IsNamed("CN");

    /// <summary>Whether it carries audio samples: neither events nor comfort noise.</summary>
    public bool IsAudio => !IsTelephoneEvent && !IsComfortNoise && !Format.IsNamed("red");

    /// <summary>Reads <c>type name/clock[/channels]</c>.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> value, out byte payloadType, out AudioFormat format)
    {
        format = default;
        payloadType = 0;
        Span<Range> fields = stackalloc Range[2];
        if (SdpText.Fields(value, fields) != 2 || !SdpText.Number(value[fields[0]], 127, out int type))
        {
            return false;
        }
        payloadType = (byte)type;
        var encoding = value[fields[1]];
        var slash = encoding.IndexOf((byte)'/');
        if (slash is < 1 or > 64)
        {
            return false;
        }
        var clockText = encoding[(slash + 1)..];
        var second = clockText.IndexOf((byte)'/');
        var channels = 1;
        if (
            !SdpText.Number(second < 0 ? clockText : clockText[..second], 1_000_000_000, out int clock)
            || clock == 0
            || (second >= 0 && !SdpText.Number(clockText[(second + 1)..], 255, out channels))
        )
        {
            return false;
        }
        format = new AudioFormat(AudioFormat.KnownName(encoding[..slash]), clock, Math.Max(1, channels));
        return true;
    }

    internal static string? Text(ReadOnlySpan<byte> parameters) =>
        parameters.IsEmpty ? null : Encoding.UTF8.GetString(parameters);
}
