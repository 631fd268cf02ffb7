using Ringfence.Edge.Storage;
using Ringfence.Media.EarlyMedia;
using Ringfence.Media.Relay;

namespace Ringfence.Edge.Gate;

/// <summary>What the call record says of a call's media.</summary>
internal static class MediaMeasures
{
    internal static CallMedia Of(RtpRelay relay, FalseAnswerWatch? judge) =>
        new()
        {
            CallerMos = ScoreOf(relay.Caller),
            CalleeMos = ScoreOf(relay.Callee),
            CallerRoundTripMs = RoundTripOf(relay.Caller),
            CalleeRoundTripMs = RoundTripOf(relay.Callee),
            FalseAnswer = judge?.Score ?? -1,
        };

    private static double ScoreOf(RelaySide side) =>
        side.Counters.PacketsReceived == 0 ? 0 : side.Quality.MeanOpinionScore ?? -1;

    private static int RoundTripOf(RelaySide side) =>
        side.Quality.RoundTrip is { } time ? (int)Math.Round(time.TotalMilliseconds) : -1;
}
