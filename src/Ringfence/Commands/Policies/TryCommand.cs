using System.CommandLine;
using System.Text.Json;
using Ringfence.Edge.Configuration;
using Ringfence.Output;
using Ringfence.Screening;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Refusal;
using Ringfence.Screening.Rules;

namespace Ringfence.Commands.Policies;

/// <summary><c>ringfence policy try</c>: what a policy says of one imagined call, rule by rule.</summary>
internal static class TryCommand
{
    private static readonly Argument<string> FileName = new("file")
    {
        Description = PolicySource.Description,
        DefaultValueFactory = _ => "default",
    };
    private static readonly Option<string> Peer = new("--peer")
    {
        Description = "What the caller's side can take: plain, 608, 603+",
        DefaultValueFactory = _ => "plain",
    };
    private static readonly Option<string> Language = new("--lang")
    {
        Description = "Language of the reasons: en, fr, es, de",
        DefaultValueFactory = _ => "en",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON, with the facts of the call" };

    internal static Command Create()
    {
        Command command = new(
            "try",
            """
            What would a policy say of this call? Shows the verdict with its reasons, what goes on the wire, and each rule: why it held or not.
            Of a whole configuration, caller and callee are looked up in its lists.

            Examples:
              ringfence policy try
              ringfence policy try ringfence.yaml --caller +33612345678 --callee +33199001234 --attestation C --rate calls-per-minute=40
              ringfence policy try policy.yaml --list callee.blocked --lang fr
              ringfence policy try policy.yaml --anonymous --diversion +33199000000 --at 2026-11-22T23:30:00+01:00
              ringfence policy try policy.yaml --facts call.json --reputation 20 --reporters 4 --peer 603+ --json

            Ends with 0, or with 2 when something cannot be read.
            """
        )
        {
            FileName,
            Peer,
            Language,
            Json,
        };
        TriedCall.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        List<string> faults = [];
        CallFacts? facts = TriedCall.Of(parsed, faults);
        if (parsed.GetValue(Peer) is not ("plain" or "608" or "603+"))
        {
            faults.Add($"--peer {parsed.GetValue(Peer)}: one of plain, 608, 603+");
        }

        if (!RedressAdvice.Languages.Contains(parsed.GetValue(Language)!))
        {
            faults.Add($"--lang {parsed.GetValue(Language)}: one of {string.Join(", ", RedressAdvice.Languages)}");
        }

        PolicyFile? read = PolicySource.ReadUsable(parsed.GetValue(FileName)!);
        foreach (string fault in faults)
        {
            Console.Error.WriteLine($"ringfence: {fault}");
        }

        if (read?.Policy is null || facts is null || faults.Count > 0)
        {
            return ExitCode.Unusable;
        }

        facts = LookUp(facts, read);
        PolicyTrial trial = PolicyTrial.Of(read.Policy, facts);
        RefusalAnswer? answer =
            trial.Verdict.Decision == Decision.Refuse
                ? RefusalTable.Answer(trial.Verdict, Context(parsed.GetValue(Peer)!, facts))
                : null;
        if (parsed.GetValue(Json))
        {
            JsonOutput.Print(json => Write(json, facts, trial, answer, parsed.GetValue(Language)!));
        }
        else
        {
            TrialText.Print(facts, trial, answer, parsed.GetValue(Language)!);
        }

        return ExitCode.Success;
    }

    private static CallFacts LookUp(CallFacts facts, PolicyFile read)
    {
        if (read.Lists is not { } lists)
        {
            return facts;
        }

        var hits = facts.Lists;
        lists.Look(facts.Caller, ListSubject.Caller, ref hits);
        lists.Look(facts.Callee, ListSubject.Callee, ref hits);
        if (!facts.Diversions.IsEmpty)
        {
            lists.Look(facts.Diversions[^1], ListSubject.Diverter, ref hits);
        }

        return facts with
        {
            Lists = hits,
        };
    }

    // A contact that stands for the operator's own: where there is none, 603+ falls back to 608.
    private static RefusalContext Context(string peer, CallFacts facts) =>
        new()
        {
            Peer = new PeerTraits(Understands608: peer == "608", Wants603Plus: peer == "603+", HearsEarlyMedia: true),
            IdentityHolds = facts.Verification == Stir.Verification.VerificationOutcome.Passed,
            VerificationStatus = facts.Verification == Stir.Verification.VerificationOutcome.Absent ? 428 : null,
            Redress = new RedressContact { Name = "redress", Url = new Uri("https://redress.example/") },
            Card = new Uri("https://redress.example/card/TOKEN"),
            Why = new Uri("https://redress.example/why/TOKEN"),
        };

    private static void Write(
        Utf8JsonWriter json,
        CallFacts facts,
        PolicyTrial trial,
        RefusalAnswer? answer,
        string language
    )
    {
        json.WriteStartObject();
        json.WritePropertyName("facts");
        JsonSerializer.Serialize(json, facts, ScreeningJson.Default.CallFacts);
        json.WritePropertyName("verdict");
        JsonSerializer.Serialize(json, trial.Verdict, ScreeningJson.Default.Verdict);
        json.WriteStartArray("reasons");
        foreach (Reason reason in trial.Verdict.Reasons)
        {
            json.WriteStringValue(reason.Text(language));
        }

        json.WriteEndArray();
        if (answer is not null)
        {
            json.WritePropertyName("answer");
            JsonSerializer.Serialize(json, answer, ScreeningJson.Default.RefusalAnswer);
        }

        json.WriteStartArray("steps");
        foreach (TrialStep step in trial.Steps)
        {
            JsonSerializer.Serialize(json, step, ScreeningJson.Default.TrialStep);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
