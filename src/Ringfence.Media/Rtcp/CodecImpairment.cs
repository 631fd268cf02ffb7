using Ringfence.Media.Codecs;

namespace Ringfence.Media.Rtcp;

/// <summary>
/// What an encoding costs in the E-model (ITU-T G.113 appendix I, the provisional planning values for narrow band).
/// </summary>
/// <remarks>
/// G.722 and AMR-WB have an Ie of the wideband model (G.107.1), whose scale is another one, and the former no robustness against loss;
/// for Opus and L16 ITU-T has published nothing, for GSM full rate no robustness. What has no figures of both kinds is not listed here:
/// a number that looks like the others and means something else would be worse than none.
/// </remarks>
/// <param name="Name">The encoding as G.113 names it.</param>
/// <param name="Ie">Equipment impairment without loss.</param>
/// <param name="Bpl">Robustness against random loss; of G.711 with concealment.</param>
public readonly record struct CodecImpairment(string Name, double Ie, double Bpl)
{
    /// <summary>G.711 with concealment of lost packets.</summary>
    public static CodecImpairment G711 { get; } = new("G.711", 0, 25.1);

    /// <summary>The figures of an encoding; null where none are published.</summary>
    public static CodecImpairment? Of(AudioFormat format) =>
        format == AudioFormat.Pcmu || format == AudioFormat.Pcma ? G711
        : format.IsNamed("G729") ? new CodecImpairment("G.729A", 11, 19)
        : format.IsNamed("G723") ? new CodecImpairment("G.723.1", 15, 16.1)
        : null;
}
