using System.Diagnostics;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>Another program, when it is on this machine.</summary>
internal static class Program
{
    public static void SkipWithout(string name) =>
        Assert.SkipUnless(
            Environment
                .GetEnvironmentVariable("PATH")!
                .Split(Path.PathSeparator)
                .Any(folder => File.Exists(Path.Combine(folder, name))),
            $"skipped: {name} is not installed"
        );

    /// <summary>Runs it, gives it that input and returns all that it wrote; the input stays open until <paramref name="isEnough"/>.</summary>
    public static async Task<string> RunAsync(
        string name,
        IEnumerable<string> arguments,
        string input = "",
        Func<string, bool>? isEnough = null
    )
    {
        using var deadline = new CancellationTokenSource(RecordingSink.Deadline);
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process.Start();
        Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.StandardInput.WriteAsync(input);
        await process.StandardInput.FlushAsync(deadline.Token);
        var output = new System.Text.StringBuilder();
        while (isEnough is not null && !isEnough(output.ToString()))
        {
            string? line = await process.StandardOutput.ReadLineAsync(deadline.Token);
            if (line is null)
            {
                break;
            }

            output.AppendLine(line);
        }

        process.StandardInput.Close();
        output.Append(await process.StandardOutput.ReadToEndAsync(deadline.Token));
        await process.WaitForExitAsync(deadline.Token);
        return output + await errors;
    }
}
