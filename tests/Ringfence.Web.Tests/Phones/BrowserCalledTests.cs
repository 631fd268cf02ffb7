using System.Runtime.InteropServices;
using Microsoft.Playwright;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Media.Hearing;

namespace Ringfence.Web.Tests.Phones;

/// <summary>
/// A browser that is called through the gate, its media by rtpengine: what each side hears is measured from the samples that it would
/// play, also on hold.
/// </summary>
public sealed class BrowserCalledTests(Site site, Browser browser)
{
    private const int SampleRate = 16_000;

    /// <summary>A tone of half the full scale, in dBm0.</summary>
    private const double HalfScale = -2.9;

    [Fact]
    public async Task Two_browsers_hear_each_other_through_the_gate_and_rtpengine_and_put_each_other_on_hold()
    {
        RtpEngine.Need();
        await using Window window = await PhonePage.OpenAsync(site, browser);
        using TestFolder folder = new();
        int ng = FreePort.Next();
        using ForeignProgram rtpEngine = await RtpEngine.StartAsync(folder, ng);
        await using var edge = PhoneEdge.Start(9, ng);
        IPage page = window.Page;
        await PhonePage.RegisterAsync(page, edge, "alice", "bob");
        await page.EvaluateAsync("() => { phones.alice.speak(433); phones.bob.speak(1200); }");

        await PhonePage.CallAsync(page, "alice", "bob");
        await PhonePage.SaysAsync(page, "bob", "called by alice");
        await PhonePage.SaysAsync(page, "alice", "confirmed");
        await PhonePage.SaysAsync(page, "bob", "confirmed");
        await HearsAsync(page, "alice", 1_200);
        await HearsAsync(page, "bob", 433);

        foreach (
            (string holder, string held, int spoken) in ((string, string, int)[])
                [("alice", "bob", 433), ("bob", "alice", 1_200)]
        )
        {
            await page.EvaluateAsync("name => phones[name].session.hold()", holder);
            await PhonePage.SaysAsync(page, held, "held by remote");
            await HearsAsync(page, held, null);
            await HearsAsync(page, holder, null);
            await page.EvaluateAsync("name => phones[name].session.unhold()", holder);
            await PhonePage.SaysAsync(page, held, "resumed by remote");
            await HearsAsync(page, held, spoken);
        }

        await page.EvaluateAsync("() => phones.bob.session.terminate()");
        await PhonePage.SaysAsync(page, "alice", "ended by remote");
        edge.Calls.ShouldBe(0);
    }

    /// <summary>A tone of half the full scale, or silence; media needs a moment, so that the third time counts at the latest.</summary>
    private static async Task HearsAsync(IPage page, string phone, int? hertz)
    {
        string heard = "";
        for (int i = 0; i < 4; i++)
        {
            string sound = await page.EvaluateAsync<string>("name => hears(name)", phone);
            short[] samples = MemoryMarshal.Cast<byte, short>(Convert.FromBase64String(sound)).ToArray();
            HeardSegment[] tones =
            [
                .. Listener.Analyse(samples, SampleRate).Where(segment => segment.Frequencies.Count > 0),
            ];

            heard = $"{phone} hears {string.Join(", ", Listener.Analyse(samples, SampleRate))}";
            TestContext.Current.SendDiagnosticMessage(heard);
            bool isSo = hertz is { } expected
                ? tones is [{ Frequencies: [var frequency] } tone, ..]
                    && Math.Abs(frequency - expected) < 15
                    && Math.Abs(tone.Level - HalfScale) < 1.5
                    && tone.End - tone.Start > TimeSpan.FromSeconds(1.5)
                : samples.Skip(SampleRate / 2).All(sample => Math.Abs((int)sample) < 1_000);
            if (isSo)
            {
                return;
            }
        }

        Assert.Fail(heard);
    }
}
