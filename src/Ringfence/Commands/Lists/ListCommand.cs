using System.CommandLine;
using Ringfence.Commands.Desk;

namespace Ringfence.Commands.Lists;

/// <summary><c>ringfence list</c>: files of numbers, checked, joined, asked.</summary>
internal static class ListCommand
{
    /// <summary>What a list file may hold.</summary>
    internal const string Format = """
        A list has one entry a line, or CSV with a label in the second column; # begins a comment:
          +33199001234,scam                 a number
          +33199*                           a prefix
          +33199001000..+33199001999        a range
          !+33199001500                     an exception: not on the list
          mallory@example.com               an address
          @spam.example                     a domain
        The most specific entry speaks.
        """;

    internal static Command Create() =>
        new(
            "list",
            $"""
            Lists of numbers: allow, block, do-not-originate, unallocated, and those that a policy names.

            {Format}

            Examples:
              ringfence list check blocked.csv
              ringfence list import regulator.csv --to blocked.txt --label regulator
              ringfence list add +33199001234 --to blocked.txt --label scam
              ringfence list find +33199001234 blocked.txt allowed.txt
              ringfence list show ringfence.yaml
              ringfence list of +33199001234                 a callee's own lists, at a running edge
            """
        )
        {
            ListCheckCommand.Create(),
            ListImportCommand.Create(),
            ListEditCommand.CreateAdd(),
            ListEditCommand.CreateRemove(),
            ListFindCommand.Create(),
            ListShowCommand.Create(),
            ListOfCommand.Create(),
        };
}
