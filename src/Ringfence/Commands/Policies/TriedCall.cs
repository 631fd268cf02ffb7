using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ringfence.Screening.Facts;
using Ringfence.Stir.Claims;
using CallFacts = Ringfence.Screening.Facts.CallFacts;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Commands.Policies;

/// <summary>The imagined call of <c>policy try</c>: the facts that the options say, the others as of a call of which nothing is known.</summary>
internal static class TriedCall
{
    private static readonly Option<FileInfo?> Recorded = new("--facts")
    {
        Description = "Begin with the facts of a recorded call (JSON); other options change them",
    };
    private static readonly Option<string?> Caller = Text("--caller", "Number or address", "+33612345678");
    private static readonly Option<string?> Callee = Text("--callee", "Number or address", "+33199001234");
    private static readonly Option<string?> Trunk = Text("--trunk", "Name of the trunk", "carrier-a");
    private static readonly Option<string?> Name = Text("--display-name", "The name that the caller shows", "text");
    private static readonly Option<string?> At = Text("--at", "When; now without it", "2026-11-22T23:30:00+01:00");
    private static readonly Option<string?> Attestation = Text("--attestation", "As signed", "A|B|C|none");
    private static readonly Option<string?> Verification = Text(
        "--verification",
        "What verification says; passed where an attestation is given",
        "passed|failed|absent|unavailable"
    );
    private static readonly Option<string?> FailedStep = Text("--failed-step", "The step that failed", "signature");
    private static readonly Option<string?> IdentityFrom = Text(
        "--identity-from",
        "Where the caller's identity stands",
        "from|asserted-identity|preferred-identity|none"
    );
    private static readonly Option<string[]> Privacy = Many("--privacy", "Words of the Privacy header", "id");
    private static readonly Option<bool> Anonymous = new("--anonymous")
    {
        Description = "The caller withholds its name",
    };
    private static readonly Option<string[]> Diversion = Many("--diversion", "Who diverted it, oldest first", "number");
    private static readonly Option<string[]> Lists = Many(
        "--list",
        "A list that the caller is on, or callee:NAME, diverter:NAME",
        "blocked"
    );
    private static readonly Option<string[]> Rates = Many(
        "--rate",
        "A rate by its name in policies",
        "calls-per-minute=40"
    );
    private static readonly Option<string[]> Emergency = Many(
        "--emergency",
        "Why it may be one",
        "call|call-back|window"
    );
    private static readonly Option<string?> Challenge = Text("--challenge", "How it went", "none|passed|failed");

    internal static void AddTo(Command command)
    {
        foreach (
            Option option in (Option[])
                [
                    Recorded,
                    Caller,
                    Callee,
                    Trunk,
                    Name,
                    At,
                    Attestation,
                    Verification,
                    FailedStep,
                    IdentityFrom,
                    Privacy,
                    Anonymous,
                    Diversion,
                    Lists,
                    Rates,
                    Emergency,
                    Challenge,
                ]
        )
        {
            command.Options.Add(option);
        }

        TriedCallee.AddTo(command);
    }

    /// <summary>The facts; null where there are faults, which are then added.</summary>
    internal static CallFacts? Of(ParseResult parsed, List<string> faults)
    {
        var words = new OptionWords(parsed, faults);
        if (Begin(parsed, faults) is not { } facts)
        {
            return null;
        }

        Attestation attestation = words.One(Attestation, facts.Attestation);
        VerificationOutcome verification = words.One(
            Verification,
            parsed.GetValue(Attestation) is not null && attestation != Stir.Claims.Attestation.None
                ? VerificationOutcome.Passed
                : facts.Verification
        );
        if (verification != VerificationOutcome.Passed && attestation != Stir.Claims.Attestation.None)
        {
            faults.Add($"--attestation {attestation}: there is none unless verification passed");
        }

        DateTimeOffset at = facts.At;
        if (
            parsed.GetValue(At) is { } when
            && !DateTimeOffset.TryParse(when, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at)
        )
        {
            faults.Add($"--at {when}: a time, for instance 2026-11-22T23:30:00+01:00");
        }

        facts = facts with
        {
            At = at,
            Caller = parsed.GetValue(Anonymous) ? Party.Anonymous : PartyOf(parsed, Caller, facts.Caller),
            Callee = PartyOf(parsed, Callee, facts.Callee),
            Trunk = parsed.GetValue(Trunk) ?? facts.Trunk,
            DisplayName = parsed.GetValue(Name) ?? facts.DisplayName,
            Attestation = attestation,
            Verification = verification,
            FailedStep = parsed.GetValue(FailedStep) ?? facts.FailedStep,
            IdentityFrom = words.One(IdentityFrom, facts.IdentityFrom),
            Privacy = words.Any(Privacy, facts.Privacy),
            Diversions = parsed.GetValue(Diversion) is { Length: > 0 } who
                ? [.. who.Select(number => Party.Parse(number))]
                : facts.Diversions,
            Emergency = words.Any(Emergency, facts.Emergency),
            Challenge = words.One(Challenge, facts.Challenge),
        };
        facts = TriedCallee.WithHistory(parsed, facts) with
        {
            Lists = facts.Lists.AddRange(parsed.GetValue(Lists)!.Select(list => Hit(list, facts))),
            Rates = TriedRates.Set(facts.Rates, parsed.GetValue(Rates)!, faults),
            Preferences = TriedCallee.Wishes(parsed, words, faults, facts.Preferences),
        };
        return faults.Count == 0 ? facts : null;
    }

    private static CallFacts? Begin(ParseResult parsed, List<string> faults)
    {
        if (parsed.GetValue(Recorded) is not { } file)
        {
            return new CallFacts
            {
                At = TimeProvider.System.GetLocalNow(),
                Caller = Party.Parse("+33612345678"),
                Callee = Party.Parse("+33199001234"),
                IdentityFrom = IdentitySource.From,
            };
        }

        try
        {
            return RecordedCalls.OfJson(File.ReadAllText(file.FullName)).First();
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            faults.Add($"--facts {file}: {(e is InvalidOperationException ? "no call in it" : e.Message)}");
            return null;
        }
    }

    private static ListHit Hit(string list, CallFacts facts)
    {
        (ListSubject subject, Party party, string name) = list.Split(':', 2) switch
        {
            ["callee", var rest] => (ListSubject.Callee, facts.Callee, rest),
            ["diverter", var rest] => (
                ListSubject.Diverter,
                facts.Diversions.IsEmpty ? default : facts.Diversions[^1],
                rest
            ),
            ["caller", var rest] => (ListSubject.Caller, facts.Caller, rest),
            _ => (ListSubject.Caller, facts.Caller, list),
        };
        return new ListHit(name, subject, party.Text);
    }

    private static Party PartyOf(ParseResult parsed, Option<string?> option, Party otherwise) =>
        parsed.GetValue(option) is { } text ? Party.Parse(text) : otherwise;

    internal static Option<string?> Text(string name, string description, string example) =>
        new(name) { Description = description, HelpName = example };

    private static Option<string[]> Many(string name, string description, string example) =>
        new(name)
        {
            Description = description,
            HelpName = example,
            DefaultValueFactory = _ => [],
        };
}
