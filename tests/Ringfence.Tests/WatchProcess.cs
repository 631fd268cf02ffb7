using System.Diagnostics;

namespace Ringfence.Tests;

/// <summary>The beginning and the end of <c>ringfence watch</c>.</summary>
internal static class WatchProcess
{
    internal static async Task ReadyAsync(Process watch) =>
        (await watch.StandardError.ReadLineAsync(TestContext.Current.CancellationToken))!.ShouldContain("listening on");

    internal static async Task<string> EndAsync(Process watch)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            string output = await watch.StandardOutput.ReadToEndAsync(deadline.Token);
            await watch.WaitForExitAsync(deadline.Token);
            watch.ExitCode.ShouldBe(0);
            return output;
        }
        finally
        {
            if (!watch.HasExited)
            {
                watch.Kill(entireProcessTree: true);
            }
        }
    }
}
