using System.CommandLine;
using System.Text.Json;
using Ringfence.Output;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;

namespace Ringfence.Commands.Lists;

/// <summary><c>ringfence list find</c>: which entry of which list speaks for a number.</summary>
internal static class ListFindCommand
{
    private static readonly Argument<string> Number = new("number") { Description = "A number or address" };
    private static readonly Argument<string[]> Files = new("file")
    {
        Description = "Lists",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON" };

    internal static Command Create()
    {
        Command command = new(
            "find",
            """
            Which entry of which list speaks for a number: the number itself, else the narrowest range, else the longest prefix.

            Examples:
              ringfence list find +33199001234 blocked.txt allowed.txt
              ringfence list find mallory@example.com blocked.txt --json

            Ends with 0 when it is on a list, 1 when it is on none, 2 when a list cannot be read.
            """
        )
        {
            Number,
            Files,
            Json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var party = Party.Parse(parsed.GetValue(Number)!);
        List<(string File, ListMatch Match)> found = [];
        try
        {
            foreach (string file in parsed.GetValue(Files)!)
            {
                ListImport import = ListReading.Read(file, allowedRejects: 0, cancellation);
                if (import.List is not { } list)
                {
                    ListReading.TellRejects(Console.Error, file, import, ListReading.ShownRejects);
                    return ExitCode.Unusable;
                }

                if (list.TryFind(party, out ListMatch match))
                {
                    found.Add((file, match));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ringfence: {e.Message}");
            return ExitCode.Unusable;
        }

        if (parsed.GetValue(Json))
        {
            JsonOutput.Print(json => Write(json, party, found));
        }
        else
        {
            Print(party, found);
        }

        return found.Count > 0 ? ExitCode.Success : ExitCode.Unexpected;
    }

    private static void Print(Party party, List<(string File, ListMatch Match)> found)
    {
        foreach ((string file, ListMatch match) in found)
        {
            string label = match.Label is null ? "" : $" ({TextTable.Printable(match.Label)})";
            Console.WriteLine($"{file}: {match.Entry}{label}, {Kind(match.Kind)}");
        }

        if (found.Count == 0)
        {
            Console.WriteLine($"{party} is on none of them");
        }
    }

    private static void Write(Utf8JsonWriter json, Party party, List<(string File, ListMatch Match)> found)
    {
        json.WriteStartObject();
        json.WriteString("number", party.Text);
        json.WriteStartArray("lists");
        foreach ((string file, ListMatch match) in found)
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteString("entry", match.Entry);
            json.WriteString("kind", Kind(match.Kind));
            json.WriteString("label", match.Label);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Kind(ListMatchKind kind) =>
        kind switch
        {
            ListMatchKind.Range => "range",
            ListMatchKind.Prefix => "prefix",
            ListMatchKind.Domain => "domain",
            _ => "exact",
        };
}
