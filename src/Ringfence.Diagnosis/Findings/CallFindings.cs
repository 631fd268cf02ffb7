using System.Collections;

namespace Ringfence.Diagnosis.Findings;

/// <summary>What the rules said of one call, and which of them were reached and fired.</summary>
internal sealed record CallFindings(IReadOnlyList<Finding> Findings, BitArray Reached, BitArray Fired)
{
    public static CallFindings Of(CallView view)
    {
        var found = new List<Finding>();
        var reached = new BitArray(RuleBook.Rules.Count);
        var fired = new BitArray(RuleBook.Rules.Count);
        for (var i = 0; i < RuleBook.Rules.Count; i++)
        {
            if (!RuleBook.Rules[i].Applies(view))
            {
                continue;
            }

            reached[i] = true;
            if (RuleBook.Rules[i].Check(view) is { } finding)
            {
                fired[i] = true;
                found.Add(finding);
            }
        }

        return new CallFindings([.. FindingChains.Link(found)], reached, fired);
    }
}
