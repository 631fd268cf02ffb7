using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-09: the call was answered by another callee than the one whose early media played, and the caller kept to the first answer.</summary>
internal sealed class SecondAnswerIgnored()
    : Rule("EM-09", FindingSeverity.Error, FindingBasis.Must, "RFC 3261 §13.2.2.4")
{
    public override bool Applies(CallView call) =>
        call.Final is { Status: >= 200 and < 300, Sdp: not null }
        && call.Provisionals.Any(m => m.Sdp is not null && m.ToTag != call.Final.ToTag);

    public override Finding? Check(CallView call)
    {
        var early = call.Provisionals.Last(m => m.Sdp is not null && m.ToTag != call.Final!.ToTag);
        if (CallView.AudioAddress(early) is not { } first || CallView.AudioAddress(call.Final!) is not { } second)
        {
            return null;
        }

        var late = call.Call.Streams.Where(s => s.End > call.Final!.Time + Settled).ToList();
        if (late.Find(s => s.Destination == second) is { } moved)
        {
            // At the right place, in the codec of the wrong answer.
            var type = moved.PayloadType;
            return Names(early, type) && !Names(call.Final!, type)
                ? Result(call, early, $"{second} (PT {type})", $"PT {string.Join(' ', Formats(call.Final!))}")
                : null;
        }

        return first != second && late.Exists(s => s.Destination == first)
            ? Result(call, early, first.ToString(), second.ToString())
            : null;
    }

    private const long Settled = 2_000_000_000;

    private Finding Result(CallView call, TraceMessage early, string first, string second) =>
        Found(call, FindingConfidence.Likely, [early, call.Final], ("first", first), ("second", second));

    private static bool Names(TraceMessage message, byte type) => Formats(message).Contains(Number((long)type));

    private static IReadOnlyList<string> Formats(TraceMessage message) => message.Sdp!.Audio?.FormatTokens ?? [];
}
