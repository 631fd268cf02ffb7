using Ringfence.Media.Codecs;
using PublishedCost = Ringfence.Media.Rtcp.CodecImpairment;

namespace Ringfence.Diagnosis.Media;

/// <summary>
/// An estimate of what a listener thinks of a stream, by the E-model (ITU-T G.107): R = 93.2 − Id − Ie,eff. An estimate it stays: delay and
/// jitter buffer of the listener are assumed.
/// </summary>
/// <param name="Mos">Mean opinion score, 1 to 4.5.</param>
/// <param name="Rating">The transmission rating R, 0 to 93.2.</param>
/// <param name="DelayImpairment">Id, of the assumed delay.</param>
/// <param name="LossImpairment">Ie,eff, of codec and loss.</param>
/// <param name="LossPercent">Ppl: packets lost or too late, in percent.</param>
/// <param name="Codec">Ie and Bpl of which codec were used (ITU-T G.113 appendix I).</param>
/// <param name="CodecImpairment">Ie: the part of Ie,eff that the codec costs without any loss.</param>
public readonly record struct MosEstimate(
    double Mos,
    double Rating,
    double DelayImpairment,
    double LossImpairment,
    double LossPercent,
    string Codec,
    double CodecImpairment
)
{
    /// <summary>The one-way delay assumed, in milliseconds.</summary>
    public const double AssumedDelay = 50;

    /// <summary>Estimates a stream; null for codecs without published figures and for streams too short to say anything of.</summary>
    public static MosEstimate? Of(RtpStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        const int Enough = 100;
        if (
            stream.Packets < Enough
            || (stream.Format ?? AudioFormat.OfStatic(stream.PayloadType)) is not { } format
            || PublishedCost.Of(format) is not { } figures
        )
        {
            return null;
        }

        // What came twice does not make up for what did not come (RFC 3550 appendix A.3 takes the one from the other).
        var lost = Math.Max(0, stream.Lost + stream.Duplicates);
        var received = stream.Packets - stream.Duplicates;
        var percent = 100.0 * lost / (received + lost);

        // Losses that come in runs weigh more: the mean run against what chance would give (G.107 §7.3).
        var meanRun = stream.LossBursts == 0 ? 1 : (double)lost / stream.LossBursts;
        var burstRatio = Math.Max(1, meanRun * (1 - (percent / 100)));
        var loss = figures.Ie + ((95 - figures.Ie) * percent / ((percent / burstRatio) + figures.Bpl));
        var delayed = AssumedDelay + (2 * stream.Jitter);
        var delay = (0.024 * delayed) + (delayed > 177.3 ? 0.11 * (delayed - 177.3) : 0);
        var rating = Math.Clamp(93.2 - delay - loss, 0, 93.2);
        var mos = 1 + (0.035 * rating) + (rating * (rating - 60) * (100 - rating) * 7e-6);
        return new MosEstimate(Math.Max(1, mos), rating, delay, loss, percent, figures.Name, figures.Ie);
    }
}
