using System.Globalization;
using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Findings;

/// <summary>One rule of the catalogue. It looks at one call and says at most one thing of it.</summary>
internal abstract class Rule(string id, FindingSeverity severity, FindingBasis basis, string section)
{
    private const int MaxEvidence = 12;

    public string Id => id;

    /// <summary>How grave it usually is.</summary>
    public FindingSeverity Severity => severity;

    /// <summary>What makes it a fault.</summary>
    public FindingBasis Basis => basis;

    /// <summary>The section that it rests on.</summary>
    public string Section => section;

    /// <summary>Whether the call has what the rule looks at: a rule that was never reached has found nothing out.</summary>
    public abstract bool Applies(CallView call);

    /// <summary>What the rule finds, or null. Called only where it applies.</summary>
    public abstract Finding? Check(CallView call);

    protected Finding Found(
        CallView call,
        FindingConfidence confidence,
        IEnumerable<TraceMessage?> evidence,
        params ReadOnlySpan<(string Name, string Value)> values
    ) =>
        Found(
            call,
            confidence,
            evidence.OfType<TraceMessage>().Select(m => new Evidence(m.Frame, m.Time, m.Label)),
            values
        );

    protected Finding Found(
        CallView call,
        FindingConfidence confidence,
        IEnumerable<Evidence> evidence,
        params ReadOnlySpan<(string Name, string Value)> values
    )
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            named[name] = value;
        }

        Evidence[] shown = [.. evidence.DistinctBy(e => e.Frame).OrderBy(e => e.Time).Take(MaxEvidence)];
        return new Finding
        {
            Id = id,
            Call = call.Call,
            Severity = severity,
            Confidence = confidence,
            Basis = basis,
            Section = section,
            Evidence = shown,
            Values = named,
            Codes = [.. CodesOf(call, shown)],
        };
    }

    // The responses that it rests on, and how the call ended.
    private static IEnumerable<int> CodesOf(CallView call, Evidence[] evidence)
    {
        var frames = evidence.Select(e => e.Frame).ToHashSet();
        return call
            .Call.Messages.Where(m => m.Status > 0 && frames.Contains(m.Frame))
            .Append(call.Final)
            .OfType<TraceMessage>()
            .Select(m => m.Status)
            .Distinct();
    }

    /// <summary>A number for the texts, which write it as their language does.</summary>
    protected static string Number(double value) =>
        value.ToString(Math.Abs(value) < 10 ? "0.##" : "0", CultureInfo.InvariantCulture);

    protected static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
