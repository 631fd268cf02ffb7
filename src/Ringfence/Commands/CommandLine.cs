using System.CommandLine;
using System.CommandLine.Invocation;
using Ringfence.Output;

namespace Ringfence.Commands;

/// <summary>Runs what a command line asks for.</summary>
internal static class CommandLine
{
    internal static async Task<int> RunAsync(RootCommand root, string[] args, InvocationConfiguration invocation)
    {
        // Wrong arguments have a code of their own: that of the library means that something was done, with another outcome than expected.
        // A mistake in one option is said in a line; the whole help below it would scroll it away.
        ParseResult parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction mistake && args.Length > 1)
        {
            mistake.ShowHelp = false;
            await parsed.InvokeAsync(invocation).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"ringfence {args[0]} --help shows every option.").ConfigureAwait(false);
            return ExitCode.Unusable;
        }

        int outcome = await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        return parsed.Errors.Count > 0 ? ExitCode.Unusable : outcome;
    }
}
