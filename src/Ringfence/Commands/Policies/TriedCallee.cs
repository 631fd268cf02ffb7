using System.CommandLine;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;
using CallFacts = Ringfence.Screening.Facts.CallFacts;

namespace Ringfence.Commands.Policies;

/// <summary>What the imagined call's callee has to do with its caller, what callees think of it, and what this one wants.</summary>
internal static class TriedCallee
{
    private static readonly Option<int?> Score = new("--reputation") { Description = "0 (bad) to 100 (good)" };
    private static readonly Option<int?> Reporters = new("--reporters") { Description = "Callees that complained" };
    private static readonly Option<bool> Vouched = new("--vouched") { Description = "An appeal was granted" };
    private static readonly Option<bool> Dialled = new("--dialled")
    {
        Description = "The callee has called the caller",
    };
    private static readonly Option<bool> Answered = new("--answered") { Description = "The callee has answered it" };
    private static readonly Option<bool> Contact = new("--contact")
    {
        Description = "It is in the callee's address book",
    };
    private static readonly Option<int?> Attempts = new("--recent-attempts") { Description = "Earlier calls just now" };
    private static readonly Option<string?> Quiet = TriedCall.Text(
        "--quiet",
        "The callee's quiet hours",
        "22:00-07:00 Europe/Paris"
    );
    private static readonly Option<bool> RefuseAnonymous = new("--refuse-anonymous")
    {
        Description = "The callee takes no withheld names",
    };
    private static readonly Option<string?> Strangers = TriedCall.Text(
        "--strangers",
        "What the callee wants of strangers",
        "default|say-who|refuse"
    );

    internal static void AddTo(Command command)
    {
        Option[] options =
        [
            Score,
            Reporters,
            Vouched,
            Dialled,
            Answered,
            Contact,
            Attempts,
            Quiet,
            RefuseAnonymous,
            Strangers,
        ];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    internal static CallFacts WithHistory(ParseResult parsed, CallFacts facts) =>
        facts with
        {
            History = new CalleeHistory(
                facts.History.Dialled || parsed.GetValue(Dialled),
                facts.History.Answered || parsed.GetValue(Answered),
                facts.History.Contact || parsed.GetValue(Contact),
                parsed.GetValue(Attempts) ?? facts.History.RecentAttempts
            ),
            Reputation = new ReputationFacts(
                Math.Clamp(parsed.GetValue(Score) ?? facts.Reputation.Score, 0, 100),
                parsed.GetValue(Reporters) ?? facts.Reputation.Reporters,
                facts.Reputation.Vouched || parsed.GetValue(Vouched)
            ),
        };

    internal static CalleePreferences? Wishes(
        ParseResult parsed,
        OptionWords words,
        List<string> faults,
        CalleePreferences? recorded
    )
    {
        Schedule? quiet = recorded?.Quiet;
        if (parsed.GetValue(Quiet) is { } text && !Schedule.TryParse(text, out quiet, out string? fault))
        {
            faults.Add($"--quiet {text}: {fault}");
        }

        var wishes = new CalleePreferences
        {
            Quiet = quiet,
            RefuseAnonymous = recorded?.RefuseAnonymous == true || parsed.GetValue(RefuseAnonymous),
            Strangers = words.One(Strangers, recorded?.Strangers ?? StrangerWish.Default),
        };
        return wishes == new CalleePreferences() ? recorded : wishes;
    }
}
