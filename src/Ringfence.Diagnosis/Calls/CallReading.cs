using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Calls;

/// <summary>Reads from the messages of a call what it is, how far it got and who ended it.</summary>
internal static class CallReading
{
    // 64 times T1 (RFC 3261 §17.1.1.2): after this the caller gives up by itself.
    private const long TimerB = 32L * 1_000_000_000;

    public static void Settle(Call call, long endOfTrace)
    {
        call.MutableMessages.Sort(
            static (a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Frame.CompareTo(b.Frame)
        );
        call.Kind = KindOf(call.Messages);
        call.FirstHop = FirstHop(call.Messages);
        if (call.Kind != CallKind.Call)
        {
            SettleExchange(call);
            return;
        }

        call.Invite = LastInitialInvite(call.FirstHop);
        if (call.Invite is not { } invite)
        {
            // A call that began before the trace: who ended it can be seen all the same.
            call.Ending = call.FirstHop.FirstOrDefault(m => m.Is(SipMethod.Bye));
            call.State = CallState.Incomplete;
            return;
        }

        var finals = call
            .FirstHop.Where(m =>
                m.Answers(SipMethod.Invite, 200, 699) && m.CSeq == invite.CSeq && m.FromTag == invite.FromTag
            )
            .ToList();
        call.Final = finals.Exists(m => m.Status < 300) ? Lasting(call, finals) : finals.FirstOrDefault();
        call.EarlyDialogs = EarlyDialogs(call.FirstHop, invite);
        FindEnding(call, invite);
        call.State = StateOf(call, invite, endOfTrace);
    }

    private static CallKind KindOf(IReadOnlyList<TraceMessage> messages)
    {
        if (messages.Any(m => m.CSeqMethod == SipMethod.Invite || m.Is(SipMethod.Ack) || m.CSeqMethod == SipMethod.Bye))
        {
            return CallKind.Call;
        }

        return messages[0].CSeqMethod switch
        {
            SipMethod.Register => CallKind.Registration,
            SipMethod.Subscribe or SipMethod.Notify or SipMethod.Publish => CallKind.Events,
            SipMethod.Message => CallKind.Message,
            SipMethod.Options => CallKind.Options,
            _ => CallKind.Other,
        };
    }

    private static List<TraceMessage> FirstHop(IReadOnlyList<TraceMessage> messages)
    {
        var first = Answered(messages) ?? messages.FirstOrDefault(IsInitial) ?? messages[0];
        var (a, b) = (first.Source.Bits, first.Destination.Bits);
        var samePair = messages.Where(m =>
            (m.Source.Bits == a && m.Destination.Bits == b) || (m.Source.Bits == b && m.Destination.Bits == a)
        );

        // Two servers on one host: there the ports tell the hops apart.
        return a == b
            ? [.. samePair.Where(m => IsBetween(m, first.Source.Port, first.Destination.Port))]
            : [.. samePair];
    }

    private static bool IsInitial(TraceMessage message) => message.Is(SipMethod.Invite) && message.ToTag.Length == 0;

    // A caller that goes from a dead server to the next one: the one that answers is the one that counts.
    private static TraceMessage? Answered(IReadOnlyList<TraceMessage> messages)
    {
        var first = messages.FirstOrDefault(IsInitial);
        return first is null
            ? null
            : messages.FirstOrDefault(m =>
                IsInitial(m)
                && m.Source.Bits == first.Source.Bits
                && messages.Any(r =>
                    r.Answers(SipMethod.Invite, 100, 699)
                    && r.Source.Bits == m.Destination.Bits
                    && r.Destination.Bits == m.Source.Bits
                )
            );
    }

    private static bool IsBetween(TraceMessage message, ushort a, ushort b) =>
        a == b
        || (message.Source.Port == a && message.Destination.Port == b)
        || (message.Source.Port == b && message.Destination.Port == a);

    private static TraceMessage? LastInitialInvite(IReadOnlyList<TraceMessage> hop)
    {
        var first = hop.FirstOrDefault(m => m.Is(SipMethod.Invite) && m.ToTag.Length == 0);
        return first is null
            ? null
            : hop.Last(m =>
                m.Is(SipMethod.Invite)
                && m.ToTag.Length == 0
                && !m.IsRetransmission
                && m.Source.Bits == first.Source.Bits
            );
    }

    private static EarlyDialog[] EarlyDialogs(IReadOnlyList<TraceMessage> hop, TraceMessage invite) =>
        [
            .. hop.Where(m => m.Answers(SipMethod.Invite, 101, 199) && m.CSeq == invite.CSeq)
                .GroupBy(m => m.ToTag, StringComparer.Ordinal)
                .Select(group => new EarlyDialog(group.Key, [.. group])),
        ];

    // Two branches of a fork may answer; the caller ends one of the dialogs, and the other is the call (RFC 3261 §13.2.2.4).
    private static TraceMessage Lasting(Call call, List<TraceMessage> finals)
    {
        var answers = finals.Where(m => m.Status < 300).DistinctBy(m => m.ToTag, StringComparer.Ordinal).ToList();
        return answers.Count == 1 ? finals[0] : answers.MaxBy(answer => EndOf(call, answer)?.Time ?? long.MaxValue)!;
    }

    private static TraceMessage? EndOf(Call call, TraceMessage answer) =>
        call.Messages.FirstOrDefault(m =>
            m.Is(SipMethod.Bye) && (m.FromTag == answer.ToTag || m.ToTag == answer.ToTag)
        );

    private static void FindEnding(Call call, TraceMessage invite)
    {
        var bye = Byes(call, invite).FirstOrDefault(m => m.Is(SipMethod.Bye));
        call.Ending = bye;
        if (bye is null && call.Final is not { Status: < 300 })
        {
            call.Ending = call.FirstHop.FirstOrDefault(m => m.Is(SipMethod.Cancel) && m.CSeq == invite.CSeq);
        }

        if (bye is not null)
        {
            call.EndedBy = bye.FromTag == invite.FromTag ? CallParty.Caller : CallParty.Callee;
        }
        else if (call.Final?.Status >= 300)
        {
            call.EndedBy = call.Ending is not null && call.Final.Status == 487 ? CallParty.Caller : CallParty.Callee;
        }
        else if (call.Final is null && call.Ending is not null)
        {
            call.EndedBy = CallParty.Caller;
        }
    }

    // Past a proxy that did not record its route the BYE goes from end to end, on no hop of the INVITE (RFC 3261 §16.6).
    private static IEnumerable<TraceMessage> Byes(Call call, TraceMessage invite) =>
        call
            .FirstHop.Concat(
                call.Messages.Where(m =>
                    (m.FromTag == invite.FromTag || m.ToTag == invite.FromTag)
                    && (m.Source.Bits == invite.Source.Bits || m.Destination.Bits == invite.Source.Bits)
                )
            )
            .Where(m => m.CSeqMethod == SipMethod.Bye && !IsOfOtherBranch(call, m));

    private static bool IsOfOtherBranch(Call call, TraceMessage bye) =>
        call.Final is { Status: < 300 } final
        && bye.FromTag != final.ToTag
        && bye.ToTag != final.ToTag
        && call.FirstHop.Any(m =>
            m.Answers(SipMethod.Invite, 200, 299)
            && m.CSeq == final.CSeq
            && (m.ToTag == bye.FromTag || m.ToTag == bye.ToTag)
        );

    private static CallState StateOf(Call call, TraceMessage invite, long endOfTrace)
    {
        var bye = Byes(call, invite).Any();
        switch (call.Final?.Status)
        {
            case >= 200 and < 300:
                return bye ? CallState.Completed : CallState.Answered;
            case 487 when call.Ending is not null:
                return CallState.Cancelled;
            case >= 300 and < 400:
                return CallState.Redirected;
            case 403 or 428 or 433 or 436 or 437 or 438 or 603 or 607 or 608:
                return CallState.Refused;
            case >= 400:
                return CallState.Failed;
            default:
                break;
        }

        if (bye)
        {
            return CallState.Incomplete;
        }

        if (call.Ending is { } cancel && call.FirstHop.Any(m => m.Answers(SipMethod.Invite, 100, 199)))
        {
            // Nobody waits longer than this for the 487 (RFC 3261 §9.1).
            return endOfTrace - cancel.Time >= TimerB ? CallState.Cancelled : CallState.Incomplete;
        }

        if (call.EarlyDialogs.Count > 0)
        {
            return CallState.Early;
        }

        return endOfTrace - invite.Time >= TimerB ? CallState.Unanswered : CallState.Incomplete;
    }

    // REGISTER, OPTIONS and so on: the last final response says how it went.
    private static void SettleExchange(Call call)
    {
        call.Final = call.FirstHop.LastOrDefault(m => m.Status >= 200);
        call.State = call.Final?.Status switch
        {
            null => CallState.Incomplete,
            < 300 => CallState.Completed,
            < 400 => CallState.Redirected,
            403 or 603 => CallState.Refused,
            _ => CallState.Failed,
        };
    }
}
