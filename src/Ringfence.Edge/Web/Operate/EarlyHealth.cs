using Ringfence.Edge.Storage;

namespace Ringfence.Edge.Web.Operate;

/// <summary>How early media fares on a trunk.</summary>
/// <param name="Progressed">Gated calls that the callee progressed.</param>
/// <param name="Announced">Of these, calls whose 18x described media.</param>
/// <param name="Silent">Of these, calls in which no packet came before the answer: the silent 183.</param>
/// <param name="FirstRtpMs">Milliseconds to the first packet, all calls with one together.</param>
/// <param name="Heard">Calls with a first packet.</param>
public readonly record struct EarlyHealth(int Progressed, int Announced, int Silent, long FirstRtpMs, int Heard)
{
    internal static EarlyHealth Of(CallRecord call) =>
        call.CalleeMedia < 0
            ? default
            : new EarlyHealth(
                1,
                call.CalleeMedia,
                call is { CalleeMedia: 1, FirstRtpMs: < 0 } ? 1 : 0,
                Math.Max(0, call.FirstRtpMs),
                call.FirstRtpMs >= 0 ? 1 : 0
            );

    /// <summary>Both together.</summary>
    public static EarlyHealth operator +(EarlyHealth one, EarlyHealth other) =>
        new(
            one.Progressed + other.Progressed,
            one.Announced + other.Announced,
            one.Silent + other.Silent,
            one.FirstRtpMs + other.FirstRtpMs,
            one.Heard + other.Heard
        );
}
