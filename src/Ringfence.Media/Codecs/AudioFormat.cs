using System.Text;

namespace Ringfence.Media.Codecs;

/// <summary>An encoding as SDP names it (RFC 8866 section 6.6). Names compare without regard to case.</summary>
/// <param name="Name">Encoding name, such as <c>PCMU</c>.</param>
/// <param name="ClockRate">RTP clock in hertz; not always the sampling rate: G.722 has 8000 (RFC 3551 section 4.5.2).</param>
/// <param name="Channels">Number of channels; <c>/1</c> and none are the same.</param>
public readonly record struct AudioFormat(string Name, int ClockRate, int Channels = 1)
{
    private static readonly string[] Names =
    [
        "PCMU",
        "PCMA",
        "telephone-event",
        "CN",
        "G722",
        "G729",
        "opus",
        "L16",
        "GSM",
        "iLBC",
        "speex",
        "G723",
        "AMR",
        "AMR-WB",
        "red",
        "EVS",
        "G726-32",
    ];

    /// <summary>G.711 µ-law, static payload type 0.</summary>
    public static AudioFormat Pcmu { get; } = new("PCMU", 8000);

    /// <summary>G.711 A-law, static payload type 8.</summary>
    public static AudioFormat Pcma { get; } = new("PCMA", 8000);

    /// <summary>G.722 at 64 kbit/s, static payload type 9; sampled at 16 kHz, clocked at 8 kHz.</summary>
    public static AudioFormat G722 { get; } = new("G722", 8000);

    /// <summary>Opus (RFC 7587): always named with 48 kHz and two channels.</summary>
    public static AudioFormat Opus { get; } = new("opus", 48000, 2);

    /// <summary>Named telephone events (RFC 4733) at 8 kHz.</summary>
    public static AudioFormat TelephoneEvent { get; } = new("telephone-event", 8000);

    /// <summary>Whether the encoding has this name.</summary>
    public bool IsNamed(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public bool Equals(AudioFormat other) =>
        ClockRate == other.ClockRate && Channels == other.Channels && IsNamed(other.Name);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(Name ?? ""), ClockRate, Channels);

    /// <summary>As in <c>a=rtpmap</c>: <c>name/clock[/channels]</c>.</summary>
    public override string ToString() => Channels > 1 ? $"{Name}/{ClockRate}/{Channels}" : $"{Name}/{ClockRate}";

    /// <summary>The format of a static payload type of RFC 3551 section 6, or null.</summary>
    /// <param name="payloadType">RTP payload type.</param>
    public static AudioFormat? OfStatic(int payloadType) =>
        payloadType switch
        {
            0 => Pcmu,
            3 => new AudioFormat("GSM", 8000),
            4 => new AudioFormat("G723", 8000),
            5 => new AudioFormat("DVI4", 8000),
            6 => new AudioFormat("DVI4", 16000),
            7 => new AudioFormat("LPC", 8000),
            8 => Pcma,
            9 => G722,
            10 => new AudioFormat("L16", 44100, 2),
            11 => new AudioFormat("L16", 44100),
            12 => new AudioFormat("QCELP", 8000),
            13 => new AudioFormat("CN", 8000),
            14 => new AudioFormat("MPA", 90000),
            15 => new AudioFormat("G728", 8000),
            16 => new AudioFormat("DVI4", 11025),
            17 => new AudioFormat("DVI4", 22050),
            18 => new AudioFormat("G729", 8000),
            _ => null,
        };

    /// <summary>The string of a name that is often seen, without making a new one.</summary>
    internal static string KnownName(ReadOnlySpan<byte> name)
    {
        foreach (var known in Names)
        {
            if (Ascii.Equals(name, known))
            {
                return known;
            }
        }
        return Encoding.UTF8.GetString(name);
    }
}
