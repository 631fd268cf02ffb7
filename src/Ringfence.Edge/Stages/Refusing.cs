using System.Text;
using Ringfence.Edge.Challenge;
using Ringfence.Edge.Pipeline;
using Ringfence.Media.Prompts;
using Ringfence.Screening.Refusal;
using Ringfence.Screening.Rules;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Stages;

/// <summary>Refuse: the code by who decided, with the Reason that tells the caller's side why.</summary>
internal static class Refusing
{
    /// <summary>Refuses by a verdict, with an announcement first where the answer wants one and <paramref name="setup"/> is given.</summary>
    internal static void Refuse(
        AdmittedCall admitted,
        in Verdict verdict,
        EdgeServices services,
        GateSetup? setup = null
    )
    {
        RefusalContext context = Context(admitted);
        RefusalAnswer answer = RefusalTable.Answer(verdict, context);
        if (answer.AnnounceFirst && setup is not null)
        {
            string contact = context.Redress?.Tel ?? "";
            PromptLibrary prompts = PromptLibrary.Default;
            RefusalAnnouncement.Begin(admitted.Call, setup, prompts, contact, () => Send(admitted, answer, services));
        }
        else
        {
            Send(admitted, answer, services);
        }
    }

    private static void Send(AdmittedCall admitted, RefusalAnswer answer, EdgeServices services)
    {
        services.Meters.Refused(answer.Status);
        admitted.Call.Refuse(answer.Status, Encoding.UTF8.GetBytes(answer.Phrase), Fields(answer, admitted.Identity));
        admitted.Journal.Refused(answer.Status);
        admitted.Journal.Close("edge");
    }

    /// <summary>Refuses for a reason that is the edge's own: no route, no room.</summary>
    internal static void Refuse(IncomingCall call, int statusCode, EdgeServices services, CallJournal journal)
    {
        services.Meters.Refused(statusCode);
        call.Refuse(statusCode, default, journal.Identity.TakeReasonLines());
        journal.Refused(statusCode);
        journal.Close("edge");
    }

    private static RefusalContext Context(AdmittedCall admitted)
    {
        SipRequest invite = admitted.Call.Request;
        CallIdentity identity = admitted.Identity;
        return new RefusalContext
        {
            Peer = new PeerTraits(
                Understands608: FeatureCaps.TryFind(invite, "+sip.608"u8, out _),
                HearsEarlyMedia: !invite.Body.IsEmpty && OptionTags.Has(invite, HeaderId.Supported, "100rel"u8)
            ),
            IdentityHolds = identity.Outcome == VerificationOutcome.Passed,
            VerificationStatus = identity.IsVerified ? identity.Status?.Code : null,
            Ppi = identity.Ppi,
        };
    }

    private static HeaderField[] Fields(RefusalAnswer answer, CallIdentity identity)
    {
        List<HeaderField> fields =
        [
            .. answer.Reasons.Select(reason => new HeaderField(HeaderId.Reason, reason.ToString())),
        ];
        if (!answer.Reasons.Any(reason => reason.Protocol == "STIR"))
        {
            // Refused for something else: the signer still hears that its PASSporT failed (RFC 9410).
            fields.AddRange(identity.TakeReasonLines());
        }

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
