using System.Collections.Immutable;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Pipeline;
using Ringfence.Screening.Facts;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Claims;
using CallFacts = Ringfence.Screening.Facts.CallFacts;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Edge.Stages;

/// <summary>Gathers everything that the verdict on a call may rest on.</summary>
internal static class Gathering
{
    /// <summary>
    /// Asks for the memory of all that will be looked up of the two, as soon as they are known: it is there when the signature has
    /// been checked.
    /// </summary>
    internal static void Prefetch(InviteParties parties, EdgeServices services)
    {
        services.Rates.Prefetch(parties.Caller, parties.Callee);
        services.Reputation.Prefetch(parties.Caller);
        services.Lists.Prefetch(parties.Caller);
        services.Lists.Prefetch(parties.Callee);
    }

    /// <summary>The facts of a call that begins now; it counts from here on in what is kept of its parties.</summary>
    internal static CallFacts Facts(AdmittedCall admitted, EdgeServices services, DateTimeOffset now)
    {
        InviteParties parties = admitted.Parties;
        CallIdentity identity = admitted.Identity;
        ImmutableArray<ListHit> hits = [];
        services.Lists.Look(parties.Caller, ListSubject.Caller, ref hits);
        services.Lists.Look(parties.Callee, ListSubject.Callee, ref hits);
        EvidenceBook evidence = services.Evidence;
        evidence.Lists.Look(parties.Callee, parties.Caller, now, ref hits);
        SipRequest invite = admitted.Call.Request;
        ImmutableArray<Party> diversions = InviteDiversions.Of(invite);
        if (!diversions.IsEmpty)
        {
            services.Lists.Look(diversions[^1], ListSubject.Diverter, ref hits);
        }

        bool isOwn = identity is { Outcome: VerificationOutcome.Passed, Attestation: Attestation.A };
        return new CallFacts
        {
            At = now,
            Caller = parties.Caller,
            Callee = parties.Callee,
            IdentityFrom = parties.IdentityFrom,
            DisplayName = parties.DisplayName,
            Privacy = InviteParties.PrivacyOf(invite),
            Trunk = admitted.Trunk.Name,
            Diversions = diversions,
            Lists = hits,
            Attestation = identity.Attestation,
            Verification = identity.Outcome,
            FailedStep = identity.FailedStep,
            Rates = services.Rates.Observe(parties.Caller, parties.Callee, now),
            Reputation = services.Reputation.Read(parties.Caller, now),
            History = evidence.Histories.Attempt(parties.Callee, parties.Caller, now),
            Emergency = evidence.EmergencyOf(parties.Callee, invite, isOwn, now),
            Preferences = evidence.PreferencesOf(parties.Callee),
        };
    }
}
