using System.Collections.Concurrent;
using Ringfence.Edge.Pipeline;
using Ringfence.Screening.Rules;

namespace Ringfence.Demo;

/// <summary>The verdicts of ended calls, by Call-ID.</summary>
internal sealed class VerdictBook : ICallObserver
{
    private readonly ConcurrentDictionary<string, (string Summary, string Reasons)> _verdicts = new(
        StringComparer.Ordinal
    );

    /// <inheritdoc/>
    public void OnClosed(string sipCallId, in Verdict verdict, string reasons) =>
        _verdicts[sipCallId] = (verdict.Summary, reasons);

    /// <summary>The verdict of a call in words.</summary>
    internal string Sentence(string sipCallId) =>
        _verdicts.TryGetValue(sipCallId, out (string Summary, string Reasons) found)
            ? $"{found.Summary}: {found.Reasons.Replace("\n", "; ", StringComparison.Ordinal)}"
            : "no record";
}
