using Ringfence.Diagnosis.Media;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Calls;

/// <summary>Finds the calls that are legs of one: what goes into a back-to-back user agent and what comes out of it.</summary>
internal static class LegJoiner
{
    private const long SameMoment = 2L * 1_000_000_000;

    // Two files are of two machines as a rule, whose clocks are not quite the same.
    private const long SameMomentByTwoClocks = 10L * 1_000_000_000;
    private const int EnoughDigits = 6;
    private const int LongestSuffix = 24;
    private const int MaxOfOneKey = 16;

    private static readonly byte[][] CallIdHeaders =
    [
        "X-Call-ID"u8.ToArray(),
        "X-CID"u8.ToArray(),
        "X-Original-Call-ID"u8.ToArray(),
        "X-Orig-Call-ID"u8.ToArray(),
        "X-Inbound-Call-ID"u8.ToArray(),
        "X-A-Call-ID"u8.ToArray(),
        "Original-Call-ID"u8.ToArray(),
    ];

    public static void Join(IReadOnlyList<Call> calls)
    {
        var sessions = calls.Where(call => call is { Kind: CallKind.Call, Invite: not null }).ToList();
        JoinByKey(sessions, SessionIds, LegJoin.SessionId);
        JoinByNamedCallId(sessions);
        JoinByKey(sessions, call => One(ChargingId(call)), LegJoin.ChargingVector);
        JoinByCallIdText(sessions);
        JoinByKey(sessions, call => One(Origin(call)), LegJoin.SdpOrigin);
        JoinByKey(sessions, call => One(MediaAddress(call)), LegJoin.MediaAddress);
        JoinByNumbers(sessions);
    }

    private static void JoinByKey(List<Call> calls, Func<Call, IEnumerable<string>> keys, LegJoin reason)
    {
        var byKey = new Dictionary<string, List<Call>>(StringComparer.Ordinal);
        foreach (var call in calls)
        {
            foreach (var key in keys(call).Distinct(StringComparer.Ordinal))
            {
                if (!byKey.TryGetValue(key, out var same))
                {
                    byKey.Add(key, same = []);
                }

                // A key that many calls share says nothing of two of them, and all pairs of many would take for ever.
                if (same.Count < MaxOfOneKey)
                {
                    same.ForEach(other => Link(call, other, reason, key));
                    same.Add(call);
                }
            }
        }
    }

    private static void JoinByNamedCallId(List<Call> calls)
    {
        var byCallId = calls.ToDictionary(call => call.CallId, StringComparer.Ordinal);
        foreach (var call in calls)
        {
            foreach (var name in CallIdHeaders)
            {
                if (
                    call.Invite!.Sip.TryGet(name, out var value)
                    && byCallId.TryGetValue(TraceMessage.Text(value), out var other)
                )
                {
                    Link(call, other, LegJoin.CallIdHeader, TraceMessage.Text(name));
                }
            }
        }
    }

    // Kamailio, sems and others make the second Call-ID by adding to the first.
    private static void JoinByCallIdText(List<Call> calls)
    {
        var byCallId = calls
            .ToDictionary(call => call.CallId, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var call in calls)
        {
            var shortest = Math.Max(EnoughDigits, call.CallId.Length - LongestSuffix);
            for (var length = call.CallId.Length - 1; length >= shortest; length--)
            {
                if (byCallId.TryGetValue(call.CallId.AsSpan(0, length), out var other))
                {
                    Link(call, other, LegJoin.CallIdText, other.CallId);
                    break;
                }
            }
        }
    }

    private static void JoinByNumbers(List<Call> calls)
    {
        JoinByKey(calls, call => One(Numbers(call)), LegJoin.NumbersAndTime);
    }

    private static void Link(Call call, Call other, LegJoin reason, string evidence)
    {
        if (call == other)
        {
            return;
        }

        // The same numbers, origin or media address are only a sign when the calls lie in each other; two attempts in a row are not legs.
        if (
            reason is LegJoin.NumbersAndTime or LegJoin.SdpOrigin or LegJoin.MediaAddress
            && (
                Math.Abs(call.Invite!.Time - other.Invite!.Time)
                    > (call.Invite.Input == other.Invite.Input ? SameMoment : SameMomentByTwoClocks)
                || (call.Caller.Bits == other.Caller.Bits && call.Callee.Bits == other.Callee.Bits)
                || EndsBefore(call, other)
                || EndsBefore(other, call)
            )
        )
        {
            return;
        }

        call.Join(other, reason, evidence);
        other.Join(call, reason, evidence);
    }

    private static bool EndsBefore(Call first, Call second) =>
        first.Final is { Status: >= 300 } final && final.Time <= second.Invite!.Time;

    private static IEnumerable<string> One(string? key) => key is null ? [] : [key];

    private static List<string> SessionIds(Call call)
    {
        var found = new List<string>();
        if (!call.Invite!.Sip.Has(HeaderId.SessionId))
        {
            return found;
        }

        foreach (var message in call.FirstHop)
        {
            if (SessionId.TryParse(message.Sip.Value(HeaderId.SessionId), out var local, out var remote))
            {
                Add(found, local);
                Add(found, remote);
            }
        }

        return found;

        // All zeros stand for an end that is not known yet (RFC 7989 §6).
        static void Add(List<string> found, ReadOnlySpan<byte> uuid)
        {
            if (uuid.ContainsAnyExcept((byte)'0'))
            {
                found.Add(TraceMessage.Text(uuid));
            }
        }
    }

    private static string? ChargingId(Call call)
    {
        var value = call.Invite!.Header(HeaderId.PChargingVector);
        var at = value.IndexOf("icid-value=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var id = value[(at + 11)..];
        var end = id.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? id : id[..end]).Trim('"', ' ');
    }

    private static string? Origin(Call call) =>
        call.Invite!.Sdp is { } sdp && sdp.Origin.SessionId > 0
            ? $"{sdp.Origin.Username} {sdp.Origin.SessionId} {sdp.Origin.Address}"
            : null;

    private static string? MediaAddress(Call call) =>
        call.Invite!.Sdp?.Audio is { } audio ? MediaTies.AddressOf(call.Invite, audio)?.ToString() : null;

    private static string? Numbers(Call call)
    {
        var from = LastDigits(call.From);
        var to = LastDigits(TraceMessage.Text(call.Invite!.Request!.RequestUri));
        return from is null || to is null ? null : from + ">" + to;
    }

    private static string? LastDigits(string uri)
    {
        var user = SipUri.TryParse(System.Text.Encoding.UTF8.GetBytes(uri), out var sip)
            ? TraceMessage.Text(sip.User)
            : uri;
        var digits = new string([.. user.Where(char.IsAsciiDigit)]);
        return digits.Length >= EnoughDigits ? digits[^EnoughDigits..] : null;
    }
}
