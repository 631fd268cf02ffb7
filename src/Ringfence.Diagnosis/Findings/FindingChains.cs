namespace Ringfence.Diagnosis.Findings;

/// <summary>Which finding brings which other about, and the order of the findings of one call.</summary>
internal static class FindingChains
{
    private static readonly (string Cause, string Effect)[] Known =
    [
        ("EM-05", "EM-02"),
        ("EM-17", "EM-02"),
        ("EM-16", "EM-02"),
        ("EM-18", "EM-02"),
        ("EM-30", "EM-02"),
        ("EM-13", "EM-11"),
        ("EM-11", "EM-26"),
        ("EM-06", "SG-15"),
        ("EM-05", "MD-02"),
        ("EM-05", "MD-01"),
        ("BK-10", "BK-09"),
        ("BK-12", "BK-22"),
        ("BK-13", "BK-12"),
        ("BK-14", "BK-22"),
        ("BK-17", "BK-22"),
        ("BK-18", "BK-22"),
        ("BK-19", "BK-22"),
        ("BK-21", "BK-22"),
        ("BK-08", "BK-06"),
        ("BK-05", "BK-06"),
        ("SG-20", "SG-07"),
        ("SG-07", "SG-08"),
        ("BK-15", "BK-16"),
        ("BK-15", "BK-22"),
        ("BK-16", "BK-22"),
        ("BK-20", "BK-22"),
        ("BK-12", "BK-23"),
        ("BK-15", "BK-23"),
        ("BK-18", "BK-23"),
        ("BK-20", "BK-23"),
        ("EM-19", "EM-02"),
        ("EM-18", "MD-15"),
        ("SG-19", "MD-01"),
        ("SG-19", "SG-20"),
        ("SG-21", "SG-07"),
        ("SG-21", "SG-11"),
        ("SG-23", "SG-22"),
        ("SG-24", "SG-01"),
        ("SG-15", "SG-16"),
        ("MD-01", "SG-29"),
        ("MD-02", "SG-29"),
        ("MD-04", "MD-01"),
        ("MD-06", "MD-07"),
        ("MD-16", "MD-06"),
        ("MD-15", "MD-02"),
    ];

    /// <summary>What brings a finding about.</summary>
    public static IEnumerable<string> CausesOf(string id) => Known.Where(k => k.Effect == id).Select(k => k.Cause);

    /// <summary>What a finding brings about.</summary>
    public static IEnumerable<string> EffectsOf(string id) => Known.Where(k => k.Cause == id).Select(k => k.Effect);

    public static IEnumerable<Finding> Link(List<Finding> findings)
    {
        var ids = findings.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        return findings
            .Select(f =>
                f with
                {
                    CausedBy = [.. Known.Where(k => k.Effect == f.Id && ids.Contains(k.Cause)).Select(k => k.Cause)],
                }
            )
            .OrderBy(f => f.CausedBy.Count)
            .ThenByDescending(f => f.Severity)
            .ThenByDescending(f => f.Confidence)
            .ThenBy(f => f.Id, StringComparer.Ordinal);
    }
}
