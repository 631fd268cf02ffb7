using Ringfence.Callers;

namespace Ringfence.Demo;

/// <summary>One call of the demonstration.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Mode">The trunk that it comes by: gate or proxy.</param>
/// <param name="Caller">The calling number.</param>
/// <param name="Callee">The called number.</param>
/// <param name="Answer">What the callee does; null where no callee is to be reached.</param>
/// <param name="CancelAfter">When the caller gives up.</param>
/// <param name="Expected">The responses that must come, in order.</param>
/// <param name="Hears">What the caller must hear; empty for nothing in particular.</param>
internal sealed record DemoScene(
    string Title,
    string Mode,
    string Caller,
    string Callee,
    AnswerPlan? Answer,
    TimeSpan? CancelAfter,
    int[] Expected,
    string Hears
)
{
    /// <summary>The four calls that show what the edge is for.</summary>
    internal static IReadOnlyList<DemoScene> All { get; } =
    [
        new(
            "A wanted call through the gate: ringback from the edge, then the answer",
            "gate",
            "+33199001234",
            "+33180001001",
            new AnswerPlan { Progress = 180, After = TimeSpan.FromSeconds(7) },
            null,
            [183, 200],
            "FR"
        ),
        new(
            "A wanted call through the proxy: early media from the callee, then the answer",
            "proxy",
            "+33199001234",
            "+442079460002",
            new AnswerPlan
            {
                Progress = 183,
                EarlyMedia = true,
                Ringback = "GB",
                After = TimeSpan.FromSeconds(7),
            },
            null,
            [183, 200],
            "GB"
        ),
        new(
            "An unwanted call: the called party has blocked this number",
            "gate",
            "+33900123456",
            "+33180001001",
            null,
            null,
            [607],
            ""
        ),
        new(
            "A caller that gives up while it rings",
            "gate",
            "+33199005678",
            "+33180001003",
            new AnswerPlan { Progress = 180, Final = 0 },
            TimeSpan.FromSeconds(2),
            [183, 487],
            ""
        ),
    ];
}
