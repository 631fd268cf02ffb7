using System.CommandLine;
using System.Text.Json;
using Ringfence.Output;
using Ringfence.Screening;
using Ringfence.Screening.Lists;

namespace Ringfence.Commands.Lists;

/// <summary><c>ringfence list check</c>: every line that is no entry.</summary>
internal static class ListCheckCommand
{
    private static readonly Argument<string[]> Files = new("file")
    {
        Description = "Lists; - for standard input",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<bool> All = new("--all")
    {
        Description = "Show the first 1,000 rejected lines, not 20",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON" };

    internal static Command Create()
    {
        Command command = new(
            "check",
            """
            Reads lists as the edge does and tells each line that is no entry, with its number and what is wrong.

            Examples:
              ringfence list check blocked.txt
              ringfence list check regulator.csv dno.csv --json

            Ends with 0 when all lines are entries, 1 when some are not, 2 when a file cannot be read.
            """
        )
        {
            Files,
            All,
            Json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        List<(string Name, ListImport Import)> read = [];
        try
        {
            foreach (string name in parsed.GetValue(Files)!)
            {
                read.Add((name, ListReading.Read(name, allowedRejects: 0, cancellation)));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ringfence: {e.Message}");
            return ExitCode.Unusable;
        }

        if (parsed.GetValue(Json))
        {
            JsonOutput.Print(json => Write(json, read));
        }
        else
        {
            foreach ((string name, ListImport import) in read)
            {
                ListReading.TellRejects(
                    Console.Out,
                    name,
                    import,
                    parsed.GetValue(All) ? 1000 : ListReading.ShownRejects
                );
                Console.WriteLine($"{name}: {Sum(import)}");
            }
        }

        return read.TrueForAll(list => list.Import.List is not null) ? ExitCode.Success : ExitCode.Unexpected;
    }

    private static string Sum(ListImport import) =>
        import.List is { } list
            ? $"{Terminal.Good("sound")}, {ListReading.Count(list.Count)} entries, {ListReading.Count((list.Bytes + 1023) / 1024)} kB in memory"
            : $"{Terminal.Bad($"{ListReading.Count(import.Totals.Rejected)} lines are no entries")}, {ListReading.Count(import.Totals.Accepted)} are";

    private static void Write(Utf8JsonWriter json, List<(string Name, ListImport Import)> read)
    {
        json.WriteStartArray();
        foreach ((string name, ListImport import) in read)
        {
            json.WriteStartObject();
            json.WriteString("file", name);
            json.WriteBoolean("sound", import.List is not null);
            json.WriteNumber("lines", import.Totals.Lines);
            json.WriteNumber("accepted", import.Totals.Accepted);
            json.WriteStartArray("rejected");
            foreach (RejectedLine line in import.Rejected)
            {
                JsonSerializer.Serialize(json, line, ScreeningJson.Default.RejectedLine);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
