using System.Text;
using Ringfence.Edge.Pipeline;
using Ringfence.Screening.Refusal;
using Ringfence.Screening.Rules;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Stages;

/// <summary>Refuse: the code by who decided, with the Reason that tells the caller's side why.</summary>
internal static class Refusing
{
    private static readonly RefusalContext Context = new();

    /// <summary>Refuses by a verdict.</summary>
    internal static void Refuse(IncomingCall call, in Verdict verdict, EdgeServices services, CallJournal journal)
    {
        RefusalAnswer answer = RefusalTable.Answer(verdict, Context);
        services.Meters.Refused(answer.Status);
        call.Refuse(answer.Status, Encoding.UTF8.GetBytes(answer.Phrase), Fields(answer));
        journal.Refused(answer.Status);
        journal.Close("edge");
    }

    /// <summary>Refuses for a reason that is the edge's own: no route, no room.</summary>
    internal static void Refuse(IncomingCall call, int statusCode, EdgeServices services, CallJournal journal)
    {
        services.Meters.Refused(statusCode);
        call.Refuse(statusCode, default);
        journal.Refused(statusCode);
        journal.Close("edge");
    }

    private static HeaderField[] Fields(RefusalAnswer answer)
    {
        List<HeaderField> fields = [.. answer.Reasons.Select(reason => new HeaderField(HeaderId.Reason, reason.ToString()))];
        if (answer.CallInfo is { } callInfo)
        {
            fields.Add(new HeaderField(HeaderId.CallInfo, callInfo));
        }

        if (answer.FeatureCaps is { } featureCaps)
        {
            fields.Add(new HeaderField(HeaderId.FeatureCaps, featureCaps));
        }

        return [.. fields];
    }
}
