using System.Globalization;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Media.OfferAnswer;

namespace Ringfence.Diagnosis.Report;

/// <summary>What a comparison says, in one language.</summary>
internal sealed class ComparisonWords(CallComparison comparison, LadderWords words)
{
    /// <summary>Where the calls part, as a sentence.</summary>
    public string Sentence
    {
        get
        {
            if (comparison.PartsAt < 0)
            {
                return words["compare.same"];
            }

            var (last, good, bad) = comparison.Parting;
            return words[last is null ? "compare.partsFirst" : "compare.partsAfter"]
                .Replace("{last}", Name(last), StringComparison.Ordinal)
                .Replace("{good}", Name(good), StringComparison.Ordinal)
                .Replace("{bad}", Name(bad), StringComparison.Ordinal);
        }
    }

    /// <summary>What differs in what both calls have: offers, answers, header fields, how often it was sent.</summary>
    public IReadOnlyList<ComparedDifference> Differences =>
        [
            .. comparison.OfferChanges.Select(change => Of(words["compare.offers"], change)),
            .. comparison.AnswerChanges.Select(change => Of(words["compare.answers"], change)),
            .. comparison.HeaderChanges.Select(change => new ComparedDifference(
                change.Message,
                change.Name,
                Or(change.Good),
                Or(change.Bad)
            )),
            .. Repeats(),
        ];

    private IEnumerable<ComparedDifference> Repeats()
    {
        var ladders = comparison.Ladders;
        foreach (var row in ladders.Rows.Where(row => row.IsFirstHop))
        {
            if (
                row.GoodOf(ladders.Good) is { } good
                && row.BadOf(ladders.Bad) is { } bad
                && good.Repeats != bad.Repeats
            )
            {
                yield return new ComparedDifference(
                    good.Source?.Label ?? good.Label,
                    words["compare.sent"],
                    Times(good),
                    Times(bad)
                );
            }
        }

        static string Times(LadderArrow arrow) => "×" + (arrow.Repeats + 1).ToString(CultureInfo.InvariantCulture);
    }

    private ComparedDifference Of(string where, SdpChange change) =>
        new(where, words["sdp." + change.Kind], Or(change.Before), Or(change.After));

    // What differs is there at least on one side: what is not is said by its absence.
    private string Or(string? value) => string.IsNullOrEmpty(value) ? words["no"] : value;

    private string Name(TraceMessage? message) =>
        message is null ? words["compare.nothing"]
        : message.Sdp is null ? message.Label
        : message.Label + " (SDP)";
}
