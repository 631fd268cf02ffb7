namespace Ringfence.Media.Rtcp;

/// <summary>
/// How good a call sounds, estimated from its transport by the E-model (ITU-T G.107) with all parameters at their
/// defaults but delay, loss and codec.
/// </summary>
public static class CallQuality
{
    /// <summary>Rating with all parameters at their defaults: R0 - Is of G.107 (2015) for narrow band.</summary>
    public const double BestRating = 93.2;

    /// <summary>The rating R, 0 to 93.2.</summary>
    /// <param name="delay">One way from mouth to ear, jitter buffer included (Ta).</param>
    /// <param name="lossPercent">Packets lost or too late, at random, in percent (Ppl).</param>
    /// <param name="codec">What the encoding costs.</param>
    public static double Rating(TimeSpan delay, double lossPercent, CodecImpairment codec)
    {
        var milliseconds = delay.TotalMilliseconds;
        // The usual straight lines for Idd: they stay within 2 of G.107's formula up to 400 ms.
        var byDelay = 0.024 * milliseconds + 0.11 * Math.Max(0, milliseconds - 177.3);
        var loss = Math.Clamp(lossPercent, 0, 100);
        var byLoss = codec.Ie + (95 - codec.Ie) * loss / (loss + codec.Bpl);
        return Math.Clamp(BestRating - byDelay - byLoss, 0, BestRating);
    }

    /// <summary>Mean opinion score of a rating, 1 to 4.41 (G.107 annex B).</summary>
    public static double MeanOpinionScore(double rating) =>
        rating <= 0 ? 1
        : rating >= 100 ? 4.5
        : Math.Max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
}
