using System.CommandLine;
using Ringfence.Output;
using Ringfence.Screening.Lists;

namespace Ringfence.Commands.Lists;

/// <summary><c>ringfence list add</c> and <c>remove</c>: single entries of a list file.</summary>
internal static class ListEditCommand
{
    private static readonly Argument<string[]> Entries = new("entry")
    {
        Description = "Numbers, ranges, prefixes, addresses or domains",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string> Target = new("--to", "--from")
    {
        Description = "The list",
        HelpName = "file",
        Required = true,
    };
    private static readonly Option<string?> Label = new("--label") { Description = "Why", HelpName = "text" };

    internal static Command CreateAdd()
    {
        Command command = new(
            "add",
            """
            Adds entries to a list. An edge that runs takes them in at SIGHUP.

            Examples:
              ringfence list add +33199001234 --to blocked.txt --label scam
              ringfence list add "+33199*" '!+33199001500' --to blocked.txt

            Ends with 0, with 1 when an entry is none, with 2 when the list cannot be read or written.
            """
        )
        {
            Entries,
            Target,
            Label,
        };
        command.SetAction(parsed => Edit(parsed, Add));
        return command;
    }

    internal static Command CreateRemove()
    {
        Command command = new(
            "remove",
            """
            Takes entries off a list, as they are written there. An edge that runs knows it at SIGHUP.

            Examples:
              ringfence list remove +33199001234 --from blocked.txt

            Ends with 0, with 1 when an entry is not on the list, with 2 when it cannot be read or written.
            """
        )
        {
            Entries,
            Target,
        };
        command.SetAction(parsed => Edit(parsed, Remove));
        return command;
    }

    private static int Edit(ParseResult parsed, Func<ParseResult, ListWriting, bool> edit)
    {
        try
        {
            using var writing = new ListWriting(parsed.GetValue(Target)!);
            if (!edit(parsed, writing))
            {
                return ExitCode.Unexpected;
            }

            writing.Commit();
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ringfence: {e.Message}");
            return ExitCode.Unusable;
        }
    }

    private static bool Add(ParseResult parsed, ListWriting writing)
    {
        var check = new NumberListBuilder();
        bool isSound = true;
        foreach (string entry in parsed.GetValue(Entries)!)
        {
            if (!check.TryAdd(entry, label: null, out string? fault))
            {
                Console.Error.WriteLine($"ringfence: \"{entry}\": {fault}");
                isSound = false;
            }
        }

        if (!isSound || (File.Exists(parsed.GetValue(Target)) && !writing.TakeOld(CancellationToken.None)))
        {
            return false;
        }

        foreach (string entry in parsed.GetValue(Entries)!)
        {
            writing.Add(entry, parsed.GetValue(Label));
        }

        return true;
    }

    private static bool Remove(ParseResult parsed, ListWriting writing)
    {
        HashSet<string> gone = [.. parsed.GetValue(Entries)!.Select(Plain)];
        HashSet<string> missing = [.. gone];
        bool IsKept(string line)
        {
            string entry = Plain(line.Split(',', ';', '\t', '#')[0].Trim().Trim('"'));
            missing.Remove(entry);
            return !gone.Contains(entry);
        }

        if (!writing.TakeOld(CancellationToken.None, IsKept))
        {
            return false;
        }

        foreach (string entry in missing)
        {
            Console.Error.WriteLine(
                $"ringfence: {entry} is no entry of {parsed.GetValue(Target)}; nothing was changed"
            );
        }

        return missing.Count == 0;
    }

    // Numbers are compared without what is between their digits.
    private static string Plain(string entry) =>
        Screening.Facts.PhoneNumber.TryParse(entry, out var number) ? number.ToString() : entry.Trim();
}
