using System.CommandLine;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Callers;
using Ringfence.Demo;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Edge;
using Ringfence.Edge.Web;
using Ringfence.Output;

namespace Ringfence.Commands;

/// <summary><c>ringfence demo</c>: the edge and its own callers, over real sockets.</summary>
internal static class DemoCommand
{
    internal static Command Create()
    {
        Option<bool> exit = new("--exit") { Description = "End after the calls; 0 only if all went as they should" };
        Command command = new(
            "demo",
            """
            The edge on defaults and four calls to it, with real SIP and RTP over loopback: two wanted ones, an unwanted one (607),
            and a caller that gives up (487). Each call's ladder is drawn, with the verdict and its reason below.

            Examples:
              ringfence demo
              ringfence demo --exit
            """
        )
        {
            exit,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(exit), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(bool exit, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ringfence-demo-");
        DemoCall[] calls = [.. DemoScene.All.Select(scene => new DemoCall(scene))];
        var verdicts = new VerdictBook();
        string yaml = DemoEdge.Yaml(
            calls.Select(call => (call.Scene.Mode, call.CallerPort)),
            calls
                .Where(call => call.CalleePort is not null)
                .Select(call => (call.Scene.Callee, call.CalleePort!.Value)),
            folder.FullName
        );
        EdgeHost edge = DemoEdge.Start(yaml, folder.FullName, verdicts, NullLogger.Instance);
        bool good = true;
        await using (edge.ConfigureAwait(false))
        {
            Console.WriteLine(
                $"The edge listens on {edge.Listening[0]}. Four calls are on their way, for about nine seconds."
            );
            await Task.WhenAll(calls.Select(call => call.RunAsync(edge.Listening[0].EndPoint, cancellation)))
                .ConfigureAwait(false);
            foreach (DemoCall call in calls)
            {
                good &= Print(call, verdicts);
                await call.DisposeAsync().ConfigureAwait(false);
            }

            Console.WriteLine(
                good
                    ? Terminal.Good("All four calls went as they should.")
                    : Terminal.Bad("Not every call went as it should.")
            );
            if (!exit && !cancellation.IsCancellationRequested)
            {
                await StayAsync(edge, cancellation).ConfigureAwait(false);
            }
        }

        folder.Delete(recursive: true);
        return good ? ExitCode.Success : ExitCode.Unexpected;
    }

    private static bool Print(DemoCall call, VerdictBook verdicts)
    {
        Console.WriteLine();
        Console.WriteLine(Terminal.Bold(call.Scene.Title));
        foreach (string line in TerminalLadder.Draw(call.Ladder(), Terminal.Width, Terminal.Colours))
        {
            Console.WriteLine(line);
        }

        CallOutcome outcome = call.Outcome!;
        int[] came = [.. outcome.Responses.Select(response => response.StatusCode).Distinct()];
        HeardSound heard = HeardSound.Of(outcome.HeardEarly, call.Scene.Callee, call.Scene.Caller);
        bool isExpected = CallReport.Contains(came, call.Scene.Expected) && heard.Is(call.Scene.Hears);
        Console.WriteLine(Terminal.Labelled("verdict", verdicts.Sentence(call.CallId)));
        Console.WriteLine(Terminal.Labelled("heard", heard.Text));
        Console.WriteLine(
            isExpected
                ? Terminal.Good("  as expected")
                : Terminal.Bad($"  not as expected: {string.Join(", ", call.Scene.Expected)} should have come")
        );
        return isExpected;
    }

    private static async Task StayAsync(EdgeHost edge, CancellationToken cancellation)
    {
        WebHost pages = await WebHost.StartAsync(new IPEndPoint(IPAddress.Loopback, 0)).ConfigureAwait(false);
        await using (pages.ConfigureAwait(false))
        {
            Console.WriteLine(
                $"The edge goes on at {edge.Listening[0]}; what each code means: {pages.Address}codes. Ctrl+C ends it."
            );
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
