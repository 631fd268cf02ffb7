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
                "10",
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

        IReadOnlyList<HeardSegment> heard = Listener.Analyse(
            MemoryMarshal.Cast<byte, short>(Convert.FromBase64String(sound)),
            SampleRate
        );
        HeardSegment ringback = heard
            .Where(segment => segment.Kind == HeardKind.Ringback)
            .MaxBy(segment => segment.End - segment.Start)
            .ShouldNotBeNull($"{string.Join('\n', heard)}\n{sound.Length}\n{rtpEngine.Output}");
        string measured = string.Join('\n', heard);
        TestContext.Current.SendDiagnosticMessage(measured);
        ringback.Countries.ShouldContain("GB", measured);
        ringback.Frequencies.Select(hertz => (int)Math.Round(hertz / 10) * 10).ShouldBe([400, 450], measured);
        ringback.Level.ShouldBe(-10, 1.5, measured);
        ringback.Cadence.Count.ShouldBe(4, measured);
        // The pattern may be told from either of its tones on.
        int turn = ringback.Cadence[1] > 1_000 ? 2 : 0;
        int[] british = [400, 200, 400, 2_000];
        for (int i = 0; i < british.Length; i++)
        {
            ringback
                .Cadence[(i + turn) % british.Length]
                .ShouldBeInRange(british[i] - Tolerance, british[i] + Tolerance, measured);
        }
    }
}
