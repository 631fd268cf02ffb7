using Ringfence.Diagnosis.Calls;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Stages;
using Ringfence.Screening.Rates;
using Ringfence.Sip.Messages;
using CallFacts = Ringfence.Screening.Facts.CallFacts;

namespace Ringfence.Commands.Policies;

/// <summary>
/// The calls of a capture as facts. What an edge would have learnt from them it learns here too: rates, and who called or
/// answered whom before. What happened before the capture began is not known.
/// </summary>
/// <param name="trunks">The trunks by which calls come in; none: they have no trunk.</param>
/// <param name="believe">Take what Identity headers say for verified.</param>
internal sealed class CapturedCalls(IReadOnlyList<TrunkConfiguration> trunks, bool believe)
{
    private const int ShortMs = 10_000;
    private readonly RateTable _rates = new();
    private readonly CapturedHistory _history = new();
    private readonly PriorityQueue<(Call Call, InviteParties Parties), long> _running = new();

    /// <summary>Calls with an Identity header, which was not verified here.</summary>
    internal int Signed { get; private set; }

    /// <summary>The facts of each call that the trace shows the beginning of; of a call with two legs, of the first.</summary>
    internal IEnumerable<CallFacts> Read(CallTrace trace)
    {
        foreach (Call call in trace.Calls)
        {
            bool isSecondLeg = call.Legs.Any(leg => leg.Call.Start < call.Start);
            if (!isSecondLeg && call is { Kind: CallKind.Call, Invite: { Request: { } request } message })
            {
                yield return Facts(call, message, request);
            }
        }
    }

    private CallFacts Facts(Call call, TraceMessage message, SipRequest request)
    {
        LearnUntil(message.Time);
        InviteParties parties = InviteParties.Of(request, isTrusted: true);
        DateTimeOffset at = Time(message.Time);
        CapturedIdentity identity = CapturedIdentity.Of(request, believe);
        Signed += identity.IsSigned ? 1 : 0;
        _running.Enqueue((call, parties), call.End);
        return new CallFacts
        {
            At = at,
            Caller = parties.Caller,
            Callee = parties.Callee,
            IdentityFrom = parties.IdentityFrom,
            DisplayName = parties.DisplayName,
            Privacy = InviteParties.PrivacyOf(request),
            Trunk = TrunkOf(message.Source.Address, message.Source.Port),
            Attestation = identity.Attestation,
            Verification = identity.Verification,
            Diversions = InviteDiversions.Of(request),
            Rates = _rates.Observe(parties.Caller, parties.Callee, at),
            History = _history.Note(parties.Caller, parties.Callee, at),
        };
    }

    // What a call teaches is known when it is over.
    private void LearnUntil(long now)
    {
        while (_running.TryPeek(out (Call Call, InviteParties Parties) ended, out long at) && at < now)
        {
            _running.Dequeue();
            _rates.End(ended.Parties.Caller, EndingOf(ended.Call), Time(at));
            if (ended.Call.Final is { Status: < 300 })
            {
                _history.Answered(ended.Parties.Caller, ended.Parties.Callee);
            }
        }
    }

    private static CallEnding EndingOf(Call call) =>
        call.Final?.Status switch
        {
            < 300 => call.TalkTime?.TotalMilliseconds < ShortMs ? CallEnding.Short : CallEnding.Talked,
            603 or 607 or 608 => CallEnding.Refused,
            404 or 410 or 604 => CallEnding.Invalid,
            _ => CallEnding.Unanswered,
        };

    private string TrunkOf(System.Net.IPAddress address, int port) =>
        trunks
            .FirstOrDefault(trunk =>
                trunk.From.Any(source => source.Network.Contains(address) && (source.Port == 0 || source.Port == port))
            )
            ?.Name
        ?? "";

    private static DateTimeOffset Time(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);
}
