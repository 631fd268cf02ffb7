using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>Finds the early dialogs that compete for one INVITE on one hop.</summary>
internal static class LadderForks
{
    public static IReadOnlyList<LadderFork> Of(IReadOnlyList<TraceMessage> messages, LadderHosts hosts, long start) =>
        [
            .. messages
                .Where(m => m.Answers(SipMethod.Invite, 101, 699) && m.ToTag.Length > 0)
                .GroupBy(m => (m.CallId, m.CSeq, m.FromTag, m.Source.Bits, m.Destination.Bits))
                .SelectMany(group => Lanes([.. group], hosts, start)),
        ];

    private static List<LadderFork> Lanes(List<TraceMessage> responses, LadderHosts hosts, long start)
    {
        var final = responses.Find(m => m.Status >= 200);
        var tags = responses.GroupBy(m => m.ToTag, StringComparer.Ordinal).ToList();
        if (tags.Count < 2 || !tags.Exists(tag => tag.First().Status < 200))
        {
            return [];
        }

        List<LadderFork> lanes = [];
        foreach (var tag in tags.Where(tag => tag.Any(m => m.Status < 200)))
        {
            // 199 ends it early (RFC 6228); else its own final response, else that of another branch.
            var own = tag.FirstOrDefault(m => m.Status is 199 or >= 200);
            var end = own ?? final;
            List<TimeSpan> seen =
            [
                .. tag.Where(m => end is null || m.Time <= end.Time).Select(m => LadderBuilder.Since(start, m.Time)),
            ];
            if (seen.Count == 0)
            {
                // Its first response came when another branch had answered.
                continue;
            }

            lanes.Add(
                new LadderFork(
                    ((char)('A' + (lanes.Count % 26))).ToString(),
                    tag.Key,
                    hosts.IndexOf(tag.First().Source),
                    seen,
                    end is null ? null : LadderBuilder.Since(start, end.Time),
                    own?.Status is >= 200 and < 300
                )
            );
        }

        return lanes;
    }
}
