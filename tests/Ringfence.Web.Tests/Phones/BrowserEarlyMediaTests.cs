using System.Globalization;
using System.Runtime.InteropServices;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Media.Hearing;

namespace Ringfence.Web.Tests.Phones;

/// <summary>What a browser hears before the answer, measured from the samples that it would play.</summary>
public sealed class BrowserEarlyMediaTests(Site site, Browser browser)
{
    private const int SampleRate = 16_000;
    private const int Tolerance = 40;

    /// <summary>A browser's jitter buffer takes the time that it has lost out of pauses.</summary>
    private const int PauseTolerance = 200;

    [Fact]
    public async Task A_browser_hears_the_callees_183_through_rtpengine_and_the_gate_before_the_answer()
    {
        RtpEngine.Need();
        await using Window window = await PhonePage.OpenAsync(site, browser);
        using TestFolder folder = new();
        int ng = FreePort.Next();
        using ForeignProgram rtpEngine = await RtpEngine.StartAsync(folder, ng);
        int port = FreePort.Next();
        using ForeignProgram callee = ForeignProgram.Start(
            "dotnet",
            folder.Path,
            [
                Path.Combine(AppContext.BaseDirectory, "ringfence.dll"),
                "answer",
                "--listen",
                string.Create(CultureInfo.InvariantCulture, $"udp:127.0.0.1:{port}"),
                "--progress",
                "183",
                "--early-media",
                "--ringback",
                "gb",
                "--after",
                "13",
            ]
        );
        await callee.SaysAsync("ready", TimeSpan.FromSeconds(20));
        await using var edge = PhoneEdge.Start(port, ng);
        await PhonePage.RegisterAsync(window.Page, edge, "alice");

        await PhonePage.CallAsync(window.Page, "alice", "+33180001000");
        await PhonePage.SaysAsync(window.Page, "alice", "progress 183");
        await PhonePage.SaysAsync(window.Page, "alice", "confirmed");
        string sound = await window.Page.EvaluateAsync<string>("() => heardEarly('alice')");
        await window.Page.EvaluateAsync("() => phones.alice.session.terminate()");
        await PhonePage.SaysAsync(window.Page, "alice", "ended by local");

        short[] samples = MemoryMarshal.Cast<byte, short>(Convert.FromBase64String(sound)).ToArray();
        List<(int Start, int Length)> bursts = Bursts(samples);
        string measured = string.Join(", ", bursts) + rtpEngine.Output;
        TestContext.Current.SendDiagnosticMessage(measured);
        // On a busy machine a packet may come too late for the browser, and a tone is torn; a whole period is enough.
        int at = Enumerable.Range(0, Math.Max(0, bursts.Count - 2)).FirstOrDefault(i => IsBritish(bursts, i), -1);
        at.ShouldNotBe(-1, measured);
        (int start, int length) = bursts[at];
        int perMillisecond = SampleRate / 1_000;
        HeardSegment tone = Listener
            .Analyse(samples.AsSpan(start * perMillisecond, length * perMillisecond), SampleRate)
            .MaxBy(segment => segment.End - segment.Start)
            .ShouldNotBeNull(measured);
        tone.Frequencies.Select(hertz => (int)Math.Round(hertz / 10) * 10).ShouldBe([400, 450], tone.ToString());
        tone.Level.ShouldBe(-10, 1.5, tone.ToString());
    }

    /// <summary>400 ms of tone, 200 ms of pause, 400 ms of tone, 2 s of pause.</summary>
    private static bool IsBritish(List<(int Start, int Length)> bursts, int at)
    {
        (int first, int second) = (bursts[at].Start, bursts[at + 1].Start);
        int[] cadence = [bursts[at].Length - 400, second - first - 600, bursts[at + 1].Length - 400];
        int pause = bursts[at + 2].Start - second - 2_400;
        return cadence.All(difference => Math.Abs(difference) <= Tolerance) && Math.Abs(pause) <= PauseTolerance;
    }

    /// <summary>Where there is sound, in milliseconds; a gap of less than 40 ms is none.</summary>
    private static List<(int Start, int Length)> Bursts(short[] samples)
    {
        const int step = 10;
        List<(int Start, int Length)> bursts = [];
        int window = SampleRate / 1_000 * step;
        for (int i = 0; i + window <= samples.Length; i += window)
        {
            int now = i / window * step;
            if (samples.AsSpan(i, window).ToArray().Max(sample => Math.Abs((int)sample)) < 1_000)
            {
                continue;
            }

            if (bursts.Count > 0 && now - bursts[^1].Start - bursts[^1].Length < 40)
            {
                bursts[^1] = (bursts[^1].Start, now + step - bursts[^1].Start);
            }
            else
            {
                bursts.Add((now, step));
            }
        }

        return bursts;
    }
}
