using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Media.OfferAnswer;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Report;

/// <summary>A good call and a bad one side by side: where they part, and what only the bad one has.</summary>
public sealed class CallComparison
{
    private CallComparison(ComparedLadders ladders) => Ladders = ladders;

    /// <summary>The call that went well.</summary>
    public required ComparedCall Good { get; init; }

    /// <summary>The call that did not.</summary>
    public required ComparedCall Bad { get; init; }

    /// <summary>The messages of the first hop of both, in order, those sent again once; null where one has nothing that matches the other.</summary>
    public required IReadOnlyList<(TraceMessage? Good, TraceMessage? Bad)> Messages { get; init; }

    /// <summary>Index into <see cref="Messages"/> of the first place where they differ; -1 if they do not.</summary>
    public required int PartsAt { get; init; }

    /// <summary>Findings that only the bad call has.</summary>
    public required IReadOnlyList<Finding> OnlyBad { get; init; }

    /// <summary>What differs in the offers, as far as it matters between two calls.</summary>
    public required IReadOnlyList<SdpChange> OfferChanges { get; init; }

    /// <summary>What differs in the first answers.</summary>
    public required IReadOnlyList<SdpChange> AnswerChanges { get; init; }

    /// <summary>Header fields that differ in messages that both have; one that differs in the same way in several of them is named once.</summary>
    public required IReadOnlyList<HeaderChange> HeaderChanges { get; init; }

    /// <summary>Both ladders, their rows side by side.</summary>
    internal ComparedLadders Ladders { get; }

    /// <summary>Whether nothing tells the bad call from the good one but its words.</summary>
    public bool IsSame => PartsAt < 0 && OnlyBad.Count == 0;

    /// <summary>Compares two calls.</summary>
    /// <param name="good">The call that went well.</param>
    /// <param name="bad">The call that did not.</param>
    /// <param name="language">The language of what was heard.</param>
    public static CallComparison Of(ComparedCall good, ComparedCall bad, string language = "en")
    {
        ArgumentNullException.ThrowIfNull(good);
        ArgumentNullException.ThrowIfNull(bad);
        var known = good.Reported.Findings.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var ladders = ComparedLadders.Of(good, bad, language);
        List<(TraceMessage? Good, TraceMessage? Bad)> messages =
        [
            .. ladders
                .Rows.Where(row => row.IsFirstHop)
                .Select(row => (row.GoodOf(ladders.Good)?.Source, row.BadOf(ladders.Bad)?.Source)),
        ];
        return new CallComparison(ladders)
        {
            Good = good,
            Bad = bad,
            Messages = messages,
            PartsAt = messages.FindIndex(pair => pair.Good is null || pair.Bad is null),
            OnlyBad = [.. bad.Reported.Findings.Where(f => !known.Contains(f.Id))],
            OfferChanges = SdpDifferences.Of(good.Call.Invite, bad.Call.Invite),
            AnswerChanges = SdpDifferences.Of(Answer(good.Call), Answer(bad.Call)),
            HeaderChanges =
            [
                .. messages.SelectMany(Headers).DistinctBy(change => (change.Name, change.Good, change.Bad)),
            ],
        };
    }

    /// <summary>The message before they part, and with which each goes on; null where there is none.</summary>
    internal (TraceMessage? Last, TraceMessage? Good, TraceMessage? Bad) Parting =>
        (
            PartsAt > 0 ? Messages[PartsAt - 1].Bad : null,
            Messages.Skip(PartsAt).Select(pair => pair.Good).FirstOrDefault(message => message is not null),
            Messages.Skip(PartsAt).Select(pair => pair.Bad).FirstOrDefault(message => message is not null)
        );

    private static IEnumerable<HeaderChange> Headers((TraceMessage? Good, TraceMessage? Bad) pair) =>
        pair is ({ } good, { } bad) ? HeaderComparison.Of(good, bad) : [];

    private static TraceMessage? Answer(Call call) =>
        call.FirstHop.FirstOrDefault(m => m.Answers(SipMethod.Invite, 101, 299) && m.Sdp is not null);
}
