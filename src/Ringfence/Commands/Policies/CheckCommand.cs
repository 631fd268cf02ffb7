using System.CommandLine;
using System.Text.Json;
using Ringfence.Edge.Configuration;
using Ringfence.Output;
using Ringfence.Screening.Rules;

namespace Ringfence.Commands.Policies;

/// <summary><c>ringfence policy check</c>: every mistake at once.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string> FileName = new("file") { Description = PolicySource.Description };
    private static readonly Option<bool> Strict = new("--strict") { Description = "Warnings count as mistakes" };
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON" };

    internal static Command Create()
    {
        Command command = new(
            "check",
            """
            Tells every mistake of a policy with its line and what would be right; rules that can never decide; refusals whose code
            contradicts who decided (a 607 that the operator's analytics send, a 608 for the user's own list).

            Examples:
              ringfence policy check ringfence.yaml
              ringfence policy check policy.yaml --strict --json

            Ends with 0 when it can be used, 1 when it cannot (with --strict: or has warnings), 2 when the file cannot be read.
            """
        )
        {
            FileName,
            Strict,
            Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        if (PolicySource.Read(parsed.GetValue(FileName)!) is not { } read)
        {
            return ExitCode.Unusable;
        }

        if (parsed.GetValue(Json))
        {
            JsonOutput.Print(json => Write(json, read));
        }
        else
        {
            foreach (ConfigurationMistake mistake in read.Mistakes)
            {
                Console.WriteLine(PolicySource.Line(mistake));
            }

            Console.WriteLine($"{read.Name}: {Sum(read)}");
        }

        bool isFine = read.Policy is not null && !(parsed.GetValue(Strict) && read.Mistakes.Count > 0);
        return isFine ? ExitCode.Success : ExitCode.Unexpected;
    }

    private static string Sum(PolicyFile read)
    {
        int warnings = read.Mistakes.Count(mistake => mistake.IsWarning);
        string counted = warnings == 0 ? "" : $", {Count(warnings, "warning")}";
        if (read.Policy is not { } policy)
        {
            return Terminal.Bad(Count(read.Mistakes.Count - warnings, "error")) + counted;
        }

        string silent = read.IsSilent ? "no policy in it: the one that ships is in force, " : "";
        string owners = string.Join(
            ", ",
            Enum.GetValues<RuleOwner>()
                .Select(owner => (owner, Rules: policy.Rules.Count(rule => rule.Owner == owner)))
                .Where(part => part.Rules > 0)
                .Select(part => $"{part.Rules} of {Owner(part.owner)}")
        );
        return $"{silent}{Terminal.Good("sound")}, {Count(policy.Rules.Length, "rule")}"
            + $"{(owners.Length == 0 ? "" : $" ({owners})")}{counted}";
    }

    internal static string Owner(RuleOwner owner) =>
        owner switch
        {
            RuleOwner.Law => "the law",
            RuleOwner.User => "the user",
            _ => "the operator",
        };

    private static string Count(int number, string word) => $"{number} {word}{(number == 1 ? "" : "s")}";

    private static void Write(Utf8JsonWriter json, PolicyFile read)
    {
        json.WriteStartObject();
        json.WriteString("file", read.Name);
        json.WriteBoolean("usable", read.Policy is not null);
        json.WriteNumber("rules", read.Policy?.Rules.Length ?? 0);
        json.WriteStartArray("mistakes");
        foreach (ConfigurationMistake mistake in read.Mistakes)
        {
            PolicySource.Write(json, mistake);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
