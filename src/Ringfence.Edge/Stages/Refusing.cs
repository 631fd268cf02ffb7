using System.Text;
using Ringfence.Edge.Challenge;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Redress;
using Ringfence.Media.Prompts;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Refusal;
using Ringfence.Screening.Rules;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Edge.Stages;

/// <summary>Refuse: the code by who decided, with the Reason that tells the caller's side why.</summary>
internal static class Refusing
{
    /// <summary>Refuses by a verdict, with an announcement first where the answer wants one and <paramref name="setup"/> is given.</summary>
    internal static void Refuse(
        AdmittedCall admitted,
        in Verdict verdict,
        EdgeServices services,
        GateSetup? setup = null,
        string endedBy = "edge"
    )
    {
        string token = services.Tokens.Create();
        RefusalContext context = Context(admitted, token);
        RefusalAnswer answer = RefusalTable.Answer(verdict, context);
        Verdict why = verdict;
        if (answer.AnnounceFirst && setup is not null)
        {
            string contact = context.Redress?.Tel ?? "";
            PromptLibrary prompts = PromptLibrary.Default;
            RefusalAnnouncement.Begin(admitted.Call, setup, prompts, contact, Send);
        }
        else
        {
            Send();
        }

        void Send()
        {
            services.Meters.Refused(answer.Status);
            admitted.Call.Refuse(
                answer.Status,
                Encoding.UTF8.GetBytes(answer.Phrase),
                Fields(answer, context, admitted.Identity)
            );
            admitted.Journal.Refused(answer.Status);
            Note(admitted, why, answer.Status, answer.Phrase, token, services);
            admitted.Journal.Close(endedBy);
        }
    }

    /// <summary>Keeps the refusal for whoever has its token: the record has it, and what the caller was given leads to it.</summary>
    internal static void Note(
        AdmittedCall admitted,
        in Verdict verdict,
        int statusCode,
        string phrase,
        string token,
        EdgeServices services
    )
    {
        CallFacts facts = admitted.Journal.Facts!;
        admitted.Journal.RedressToken = token;
        services.Desk?.Refused(
            new RefusedCall(token, admitted.Journal.Id, facts.At, statusCode, phrase, verdict, facts)
        );
    }

    /// <summary>Refuses for a reason that is the edge's own: no route, no room.</summary>
    internal static void Refuse(IncomingCall call, int statusCode, EdgeServices services, CallJournal journal)
    {
        services.Meters.Refused(statusCode);
        call.Refuse(statusCode, default, journal.Identity.TakeReasonLines());
        journal.Refused(statusCode);
        journal.Close("edge");
    }

    private static RefusalContext Context(AdmittedCall admitted, string token)
    {
        RedressConfiguration redress = admitted.State.Redress;
        SipRequest invite = admitted.Call.Request;
        CallIdentity identity = admitted.Identity;
        return new RefusalContext
        {
            Peer = new PeerTraits(
                Understands608: FeatureCaps.TryFind(invite, "+sip.608"u8, out _),
                Wants603Plus: admitted.Trunk.Configuration.Wants603Plus,
                HearsEarlyMedia: !invite.Body.IsEmpty && OptionTags.Has(invite, HeaderId.Supported, "100rel"u8)
            ),
            IdentityHolds = identity.Outcome == VerificationOutcome.Passed,
            VerificationStatus = identity.IsVerified ? identity.Status?.Code : null,
            Ppi = identity.Ppi,
            Location = redress.Location,
            Redress = redress.Contact,
            Card = redress.Card(token),
            Why = redress.Why(token),
        };
    }

    private static HeaderField[] Fields(RefusalAnswer answer, RefusalContext context, CallIdentity identity)
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
        else if (answer.Status == (int)RefusalCode.Unwanted && context is { IdentityHolds: true, Why: { } why })
        {
            // A 607 has no jCard; where it is explained is information about this side (RFC 3261 §20.9).
            fields.Add(new HeaderField(HeaderId.CallInfo, $"<{why.AbsoluteUri}>;purpose=info"));
        }

        if (answer.FeatureCaps is { } featureCaps)
        {
            fields.Add(new HeaderField(HeaderId.FeatureCaps, featureCaps));
        }

        return [.. fields];
    }
}
