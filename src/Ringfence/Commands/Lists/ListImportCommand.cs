using System.CommandLine;
using Ringfence.Output;
using Ringfence.Screening.Lists;

namespace Ringfence.Commands.Lists;

/// <summary><c>ringfence list import</c>: other lists into one that the edge reads; all of it or nothing.</summary>
internal static class ListImportCommand
{
    private static readonly Argument<string[]> Sources = new("source")
    {
        Description = "Lists to take entries from; - for standard input",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string> Target = new("--to")
    {
        Description = "The list that they go into; made when it is not there",
        HelpName = "file",
        Required = true,
    };
    private static readonly Option<bool> Replace = new("--replace")
    {
        Description = "Put them in the place of what the list holds, not beside it",
    };
    private static readonly Option<string?> Label = new("--label")
    {
        Description = "Label of the entries that have none",
        HelpName = "text",
    };
    private static readonly Option<int> AllowRejects = new("--allow-rejects")
    {
        Description = "How many lines of the sources may be wrong, and are left out",
        HelpName = "number",
    };

    internal static Command Create()
    {
        Command command = new(
            "import",
            """
            Takes the entries of other lists into a list of the edge. Every line is checked before anything is written; the list is
            exchanged whole, by one rename, so that nobody reads half of it. An edge that runs takes it in at SIGHUP.

            Examples:
              ringfence list import regulator.csv --to blocked.txt --label regulator
              ringfence list import dno-2026-11.csv --to dno.txt --replace
              curl -s https://lists.example/spam.csv | ringfence list import - --to blocked.txt --allow-rejects 10

            Ends with 0, with 1 when lines are wrong (then nothing is written), with 2 when a file cannot be read or written.
            """
        )
        {
            Sources,
            Target,
            Replace,
            Label,
            AllowRejects,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string target = parsed.GetValue(Target)!;
        try
        {
            using var writing = new ListWriting(target);
            if (!parsed.GetValue(Replace) && File.Exists(target) && !writing.TakeOld(cancellation))
            {
                return ExitCode.Unexpected;
            }

            foreach (string source in parsed.GetValue(Sources)!)
            {
                ListImport import = ListReading.Read(
                    source,
                    parsed.GetValue(AllowRejects),
                    cancellation,
                    (entry, label) => writing.Add(entry, label.IsEmpty ? parsed.GetValue(Label) : label)
                );
                ListReading.TellRejects(Console.Error, source, import, ListReading.ShownRejects);
                if (import.List is null)
                {
                    Console.Error.WriteLine($"ringfence: nothing was written to {target}");
                    return ExitCode.Unexpected;
                }
            }

            writing.Commit();
            Console.WriteLine(
                $"{target}: added {ListReading.Count(writing.Added)}, on it already {ListReading.Count(writing.Known)}"
            );
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ringfence: {e.Message}");
            return ExitCode.Unusable;
        }
    }
}
