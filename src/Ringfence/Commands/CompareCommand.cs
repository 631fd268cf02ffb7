using System.CommandLine;
using Ringfence.Codes;
using Ringfence.Output;

namespace Ringfence.Commands;

/// <summary><c>ringfence compare</c>: two response codes side by side.</summary>
internal static class CompareCommand
{
    private static readonly Argument<int> One = new("code") { Description = "A response code" };
    private static readonly Argument<int> Other = new("other") { Description = "Another one" };

    internal static Command Create()
    {
        Command command = new(
            "compare",
            """
            Two SIP response codes side by side: what differs, what is the same, which to send when.

            Examples:
              ringfence compare 183 607
              ringfence compare 183 607 --lang fr
              ringfence compare 603 607 --markdown
            """
        )
        {
            One,
            Other,
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

        int one = parsed.GetValue(One);
        int other = parsed.GetValue(Other);
        foreach (int code in (int[])[one, other])
        {
            if (!CodeCatalogue.TryGet(code, out _))
            {
                Console.Error.WriteLine(
                    $"ringfence: {code} is not in the catalogue; ringfence code --list shows all codes."
                );
                return ExitCode.Unusable;
            }
        }

        if (one == other)
        {
            Console.Error.WriteLine(
                $"ringfence: {one} with itself: name two different codes, or see ringfence code {one}"
            );
            return ExitCode.Unusable;
        }

        output.Print(Comparison.Of(one, other, output.Language));
        return ExitCode.Success;
    }
}
