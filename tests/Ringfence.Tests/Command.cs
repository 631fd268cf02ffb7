using System.Diagnostics;

namespace Ringfence.Tests;

/// <summary>The command as users start it: a process of its own, its output not a terminal.</summary>
internal static class Command
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "ringfence.dll");

    internal static Task<CommandResult> RunAsync(params string[] arguments) => EndOfAsync(Start(arguments));

    /// <summary>Runs another build of the command.</summary>
    internal static Task<CommandResult> RunAsync(string program, string[] arguments) =>
        EndOfAsync(Start(program, arguments));

    private static async Task<CommandResult> EndOfAsync(Process started)
    {
        using Process process = started;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(90));
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it and leaves it running; the first line of its output says that it is ready.</summary>
    internal static async Task<(Process Process, string FirstLine)> StartAsync(params string[] arguments)
    {
        Process process = Start(arguments);
        string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return (process, line ?? await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Starts it, by another program where one is named.</summary>
    internal static Process Start(string[] arguments, string[]? by = null) =>
        Start(by?[0] ?? "dotnet", [.. by?[1..] ?? [], Program, .. arguments]);

    private static Process Start(string program, string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                WorkingDirectory = Path.GetTempPath(),
            }
        )!;
}
