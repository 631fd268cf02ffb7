namespace Ringfence.Media.Rtcp;

/// <summary>How the media between this side and one peer goes.</summary>
/// <param name="RoundTrip">There and back, by the peer's reports; null while it has sent none that says so.</param>
/// <param name="LossPercent">Packets of the peer that did not come.</param>
/// <param name="PeerLossPercent">Packets of this side that did not come there, by the peer's last report; null without one.</param>
/// <param name="Jitter">Interarrival jitter of what comes.</param>
/// <param name="MeanOpinionScore">
/// Estimated by G.107 from encoding, delay, jitter and loss of what comes, 1 to 4.41; null where the encoding has no published figures
/// (<see cref="CodecImpairment"/>).
/// </param>
public sealed record MediaQuality(
    TimeSpan? RoundTrip,
    double LossPercent,
    double? PeerLossPercent,
    TimeSpan Jitter,
    double? MeanOpinionScore
);
