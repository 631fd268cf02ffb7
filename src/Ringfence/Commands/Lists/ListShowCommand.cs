using System.CommandLine;
using Ringfence.Commands.Policies;
using Ringfence.Edge.Configuration;
using Ringfence.Output;
using Ringfence.Screening.Lists;

namespace Ringfence.Commands.Lists;

/// <summary><c>ringfence list show</c>: the lists of a configuration.</summary>
internal static class ListShowCommand
{
    private static readonly Argument<string> FileName = new("file") { Description = "A configuration (YAML)" };

    internal static Command Create()
    {
        Command command = new(
            "show",
            """
            The lists that a configuration names: how many entries, how much memory.

            Examples:
              ringfence list show ringfence.yaml

            Ends with 0, with 1 when a list has mistakes, with 2 when the configuration cannot be read.
            """
        )
        {
            FileName,
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

        foreach (ConfigurationMistake mistake in read.Mistakes.Where(mistake => !mistake.IsWarning))
        {
            Console.Error.WriteLine(mistake);
        }

        ListCatalogue lists = read.Lists ?? new ListCatalogue();
        if (lists.Names.IsEmpty)
        {
            Console.WriteLine($"{read.Name} names no lists");
        }
        else
        {
            TextTable.Print(
                ["list", "entries", "kB"],
                lists.Names.Select(name =>
                    new[]
                    {
                        name,
                        ListReading.Count(lists.Find(name)!.Count),
                        ListReading.Count((lists.Find(name)!.Bytes + 1023) / 1024),
                    }
                )
            );
        }

        return read.Policy is null ? ExitCode.Unexpected : ExitCode.Success;
    }
}
