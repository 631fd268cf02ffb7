using System.CommandLine;
using System.Globalization;
using Ringfence.Codes;
using Ringfence.Output;

namespace Ringfence.Commands;

/// <summary><c>ringfence code</c>: one response code explained, a search, a list, or the decision table.</summary>
internal static class CodeCommand
{
    private static readonly Argument<string[]> Query = new("query")
    {
        Description = "A code, or words: phrase, header, symptom",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private static readonly Option<bool> List = new("--list") { Description = "All codes" };
    private static readonly Option<string?> Class = new("--class")
    {
        Description = "With --list: one class, as in 6xx",
        HelpName = "Nxx",
    };
    private static readonly Option<bool> Decide = new("--which")
    {
        Description = "Which code should I send? The decision table",
    };

    internal static Command Create()
    {
        Command command = new(
            "code",
            """
            One SIP response code explained: meaning, causes, how to resolve, what every element does next.

            Examples:
              ringfence code 607
              ringfence code 607 --lang fr
              ringfence code "nothing is heard before the answer"
              ringfence code --list --class 6xx
              ringfence code --which
            """
        )
        {
            Query,
            List,
            Class,
            Decide,
        };
        CodeOutput.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        if (CodeOutput.Of(parsed) is not { } output)
        {
            return ExitCode.Unusable;
        }

        string query = string.Join(' ', parsed.GetValue(Query) ?? []).Trim();
        if (parsed.GetValue(Decide))
        {
            output.Print(DecisionTable.In(output.Language));
            return ExitCode.Success;
        }

        if (parsed.GetValue(List) || query.Length == 0)
        {
            return PrintList(output, parsed.GetValue(Class));
        }

        return int.TryParse(query, NumberStyles.None, CultureInfo.InvariantCulture, out int code)
            ? PrintCode(output, code)
            : PrintFound(output, query);
    }

    private static int PrintCode(CodeOutput output, int code)
    {
        if (!CodeCatalogue.TryGet(code, out _))
        {
            int nearest = CodeCatalogue.All.MinBy(facts => Math.Abs(facts.Code - code))!.Code;
            Console.Error.WriteLine(
                $"ringfence: {code} is no registered response code, nor one that was met in the field. The nearest is {nearest}; ringfence code --list shows all."
            );
            return ExitCode.Unexpected;
        }

        output.Print(CodeArticle.Of(code, output.Language));
        return ExitCode.Success;
    }

    private static int PrintFound(CodeOutput output, string query)
    {
        CodeLink[] found =
        [
            .. new CodeSearch([output.Language, .. Others(output.Language)]).Find(query).Select(hit => hit.Found),
        ];
        if (found.Length == 0)
        {
            Console.Error.WriteLine(
                $"ringfence: nothing was found for \"{query}\"; ringfence code --list shows all codes."
            );
            return ExitCode.Unexpected;
        }

        output.Print(found);
        return ExitCode.Success;
    }

    private static int PrintList(CodeOutput output, string? wanted)
    {
        int digit =
            wanted is { Length: 3 } && wanted[1..].Equals("xx", StringComparison.OrdinalIgnoreCase)
                ? wanted[0] - '0'
                : 0;
        if (wanted is not null && digit is < 1 or > 6)
        {
            Console.Error.WriteLine($"ringfence: --class {wanted}: one of 1xx, 2xx, 3xx, 4xx, 5xx, 6xx");
            return ExitCode.Unusable;
        }

        IEnumerable<CodeFacts> codes = wanted is null
            ? CodeCatalogue.All
            : CodeCatalogue.OfClass((SipStatusClass)digit);
        output.Print([.. codes.Select(facts => CodeLink.To(facts.Code, output.Language))]);
        return ExitCode.Success;
    }

    /// <summary>Words are understood in every language; the answer comes in the one asked for.</summary>
    private static IEnumerable<Language> Others(Language own) =>
        Language.Available.Where(name => name.Code != own.Code).Select(name => Language.Load(name.Code));
}
