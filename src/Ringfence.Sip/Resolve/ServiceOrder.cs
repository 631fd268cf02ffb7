namespace Ringfence.Sip.Resolve;

/// <summary>The order in which the targets of SRV records are tried (RFC 2782, "Usage rules").</summary>
internal static class ServiceOrder
{
    /// <summary>By priority; within one, drawn by weight.</summary>
    /// <param name="records">The records in any order.</param>
    /// <param name="draw">A random number below its argument.</param>
    internal static List<ServiceRecord> Sort(IEnumerable<ServiceRecord> records, Func<int, int> draw)
    {
        var sorted = new List<ServiceRecord>();
        foreach (
            IGrouping<ushort, ServiceRecord> group in records.GroupBy(record => record.Priority).OrderBy(g => g.Key)
        )
        {
            // Those without weight come first, so that they have a small chance; the rest is for the order to be the same twice.
            List<ServiceRecord> left =
            [
                .. group
                    .OrderBy(record => record.Weight)
                    .ThenBy(record => record.Target, StringComparer.Ordinal)
                    .ThenBy(record => record.Port),
            ];
            while (left.Count > 0)
            {
                int at = Pick(left, draw);
                sorted.Add(left[at]);
                left.RemoveAt(at);
            }
        }

        return sorted;
    }

    private static int Pick(List<ServiceRecord> records, Func<int, int> draw)
    {
        int drawn = draw(records.Sum(record => record.Weight) + 1);
        int at = 0;
        for (int sum = records[0].Weight; sum < drawn; sum += records[at].Weight)
        {
            at++;
        }

        return at;
    }
}
