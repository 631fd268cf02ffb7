using Ringfence.Codes;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Edge.Storage;
using LadderArrow = Ringfence.Diagnosis.Ladder.LadderArrow;

namespace Ringfence.Edge.Web.Operate;

/// <summary>The ladder of a call whose messages were not kept, from the times of its record.</summary>
internal static class RecordLadder
{
    private const int Caller = 0;
    private const int Edge = 1;
    private const int Callee = 2;

    internal static CallLadder Of(CallRecord call, Language language)
    {
        bool wentOn = call.Mode is "proxy" or "gate";
        List<LadderArrow> arrows = [Arrow(0, Caller, Edge, "INVITE", LadderTone.Request)];
        List<LadderSpan> spans = [];
        if (wentOn)
        {
            arrows.Add(Arrow(0, Edge, Callee, "INVITE", LadderTone.Request));
        }

        if (call.RingMs >= 0)
        {
            arrows.Add(Arrow(call.RingMs, Edge, Caller, call.EarlyMs >= 0 ? "18x SDP" : "18x", LadderTone.Provisional));
        }

        if (call.EarlyMs > 0)
        {
            spans.Add(
                new LadderSpan(Time(call.RingMs), Time(call.RingMs + call.EarlyMs), Edge, Caller, call.Played, true)
            );
        }

        if (call.AnsweredMs >= 0)
        {
            arrows.Add(Arrow(call.AnsweredMs, Edge, Caller, "200 OK", LadderTone.Success));
            if (call.EndedMs > call.AnsweredMs)
            {
                int from = call.EndedBy == "caller" ? Caller : Edge;
                arrows.Add(Arrow(call.EndedMs, from, from == Caller ? Edge : Caller, "BYE", LadderTone.Request));
            }
        }
        else if (call.StatusCode > 0)
        {
            if (call.EndedBy == "caller")
            {
                arrows.Add(Arrow(call.EndedMs, Caller, Edge, "CANCEL", LadderTone.Request));
            }

            string label = CallSentence.Code(call.StatusCode, language);
            arrows.Add(Arrow(call.EndedMs, Edge, Caller, label, LadderArrow.ToneOf(call.StatusCode)));
        }

        LadderHost[] hosts =
        [
            new(call.Caller.Length == 0 ? "?" : call.Caller) { Role = LadderRole.Caller },
            new("Ringfence"),
            .. wentOn ? new[] { new LadderHost(call.Callee) { Role = LadderRole.Callee } } : [],
        ];
        return new CallLadder(hosts, arrows) { Spans = spans };
    }

    private static LadderArrow Arrow(int at, int from, int to, string label, LadderTone tone) =>
        new(Time(at), from, to, label, tone);

    private static TimeSpan Time(int milliseconds) => TimeSpan.FromMilliseconds(Math.Max(0, milliseconds));
}
