using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;

namespace Ringfence.Diagnosis.Report;

/// <summary>One sentence on what became of a call.</summary>
public static class Verdict
{
    /// <summary>The sentence, in the language of the words.</summary>
    public static string Of(Call call, FindingTexts texts)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(texts);
        var outcome = texts.Word(
            KeyOf(call),
            ("final", call.Final?.Label ?? ""),
            ("callee", Place(call.Callee, texts)),
            ("ender", call.Ending is { } ending ? Place(ending.Source, texts) : ""),
            ("party", texts.Word("party." + call.EndedBy)),
            ("wait", Seconds(call.Invite, call.Final, texts.Language)),
            ("talk", Seconds(call.TalkTime, texts.Language))
        );
        return call.EndReason is { Length: > 0 } reason
            ? $"{outcome} {texts.Word("reason.given", ("reason", reason))}"
            : outcome;
    }

    private static string KeyOf(Call call)
    {
        if (call.Kind == CallKind.Call)
        {
            return EndReasons.IsElsewhere(call) ? "state.Elsewhere"
                : call is { State: CallState.Incomplete, Ending: not null } ? "state.IncompleteEnded"
                : call is { State: CallState.Completed, TalkTime: null } ? "state.CompletedUnseen"
                : "state." + call.State;
        }

        return call.State switch
        {
            CallState.Completed => "exchange.Completed",
            CallState.Incomplete => "exchange.Incomplete",
            _ => "exchange.Failed",
        };
    }

    // Where nobody knows who sent it, as in some logs.
    private static string Place(PacketAddress address, FindingTexts texts) =>
        address.IsUnknown ? texts.Word("address.Unknown") : address.ToString();

    private static string Seconds(TraceMessage? from, TraceMessage? to, string language) =>
        from is null || to is null ? "–" : Seconds(TimeSpan.FromTicks((to.Time - from.Time) / 100), language);

    private static string Seconds(TimeSpan? time, string language) =>
        time is { } known ? LocalFigures.Of(known.TotalSeconds, "0.0", language) : "–";
}
