using System.Collections.Immutable;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Stages;

/// <summary>
/// Verify: is there an Identity, and does it hold? With the signer's certificate at hand the answer is there at once; else the
/// call waits off the lane, up to the deadline, and every other call goes on meanwhile.
/// </summary>
internal sealed class Verifying(Lane lane, EdgeServices services, Action<AdmittedCall> goOn)
{
    internal void Verify(AdmittedCall admitted)
    {
        CallIdentity identity = admitted.Identity;
        SipRequest invite = admitted.Call.Request;
        if (!identity.IsVerified)
        {
            goOn(admitted);
            return;
        }

        if (invite.Has(HeaderId.Identity))
        {
            var facts = StirFacts.Of(invite, identity.Trunk);
            VerificationService service = identity.Engine!.Verification;
            if (!service.TryVerify(facts, out VerificationResult? result))
            {
                WaitingCall.Begin(admitted, lane, facts, services, Conclude);
                return;
            }

            identity.Decided(result!);
        }

        Conclude(admitted);
    }

    /// <summary>Refuses where the trunk's policy says so, else goes on; nothing stops an emergency call.</summary>
    private void Conclude(AdmittedCall admitted)
    {
        CallIdentity identity = admitted.Identity;
        services.Meters.Verified(identity.Result, identity.Outcome);
        bool isRefused =
            identity.Trunk.Verify == StirPolicy.Refuse
            && identity.Outcome != VerificationOutcome.Passed
            && !new CallFacts
            {
                At = lane.UtcNow,
                Caller = admitted.Parties.Caller,
                Callee = admitted.Parties.Callee,
            }.IsEmergency;
        if (isRefused)
        {
            Refuse(admitted, identity.Status!.Value);
        }
        else
        {
            goOn(admitted);
        }
    }

    private void Refuse(AdmittedCall admitted, FaultStatus status)
    {
        CallIdentity identity = admitted.Identity;
        bool isStep = identity.FailedStep is not null;
        var verdict = new Verdict
        {
            Decision = Decision.Refuse,
            DecidedBy = DecidedBy.Operator,
            Rule = "stir",
            Code = (RefusalCode)status.Code,
            Cause = RefusalCause.Identity,
            Reasons =
            [
                new Screening.Rules.Reason
                {
                    Rule = "stir",
                    Fact = isStep ? FactName.FailedStep : FactName.Verification,
                    Observed = identity.FailedStep ?? identity.Outcome.ToString().ToLowerInvariant(),
                    Expected = "",
                },
            ],
            Marks = ImmutableArray<string>.Empty,
        };
        admitted.Journal.Decided(verdict);
        services.Meters.Decided(admitted.Trunk.Name, "refuse");
        services.Meters.Refused(status.Code);
        admitted.Call.Refuse(
            status.Code,
            System.Text.Encoding.ASCII.GetBytes(status.Phrase),
            identity.TakeReasonLines()
        );
        admitted.Journal.Refused(status.Code);
        admitted.Journal.Close("edge");
    }
}
