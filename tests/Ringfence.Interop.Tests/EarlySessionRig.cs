using Ringfence.Interop.Tests.Peers;
using Ringfence.Media.Codecs;
using Ringfence.Media.Tones;

namespace Ringfence.Interop.Tests;

/// <summary>Callers of SIPp that know early sessions (RFC 3959), or not, behind one edge, all at once; their two ports are kept apart.</summary>
public sealed class EarlySessionRig : IAsyncLifetime
{
    private const string Knows = "Supported: 100rel, early-session";
    private readonly TestFolder _folder = new();
    private readonly List<IDisposable> _programs = [];
    private readonly Dictionary<string, Heard> _calls = [];
    private RunningEdge? _edge;

    /// <summary>What is played after the answer.</summary>
    internal static byte[] Talk { get; } = Encode(ToneCadence.Continuous(500, -12), 3);

    /// <summary>Waits for the end of a call.</summary>
    internal async Task<Heard> EndAsync(string call)
    {
        Sipp.Need();
        Heard heard = _calls[call];
        await heard.Caller.SucceedsAsync(() => _edge!.Output, seconds: 60);
        return heard;
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!File.Exists("/usr/bin/sipp"))
        {
            return;
        }

        File.WriteAllBytes(_folder.File("gb.ulaw"), EarlyMediaRig.British);
        File.WriteAllBytes(_folder.File("talk.ulaw"), Talk);
        (string Name, string Header, Func<SippScript, int, SippScript> Progressed)[] callers =
        [
            ("answers", Knows, (script, port) => script.ExpectEarlyOffer().PrackEarly(2, port).Expect(200)),
            ("refuses", Knows, (script, _) => script.ExpectEarlyOffer().PrackEarly(2, 0).Expect(200)),
            ("leaves", Knows, (script, _) => script.ExpectEarlyOffer().Prack(2).Expect(200)),
            ("does not know", "Supported: 100rel", (script, _) => script.ExpectReliable(183).Prack(2).Expect(200)),
        ];
        List<string> routes = [];
        foreach ((string name, _, _) in callers)
        {
            int port = FreePort.Next();
            routes.Add($"  - {{ match: \"+3318000100{routes.Count}\", to: [ \"sip:127.0.0.1:{port}\" ] }}");
            _programs.Add(await Sipp.CalleeAsync(_folder, Callee, port));
        }

        _edge = await RunningEdge.StartAsync(
            _folder,
            FreePort.Next(),
            $$"""
            trunks: [ { name: callers, from: 127.0.0.1, mode: gate, early-media: { early-session: true } } ]
            routes:
            {{string.Join('\n', routes)}}
            early-media: { ringback: fr }
            policy: [ { then: progress } ]
            """
        );
        foreach ((string name, string header, Func<SippScript, int, SippScript> progressed) in callers)
        {
            PacketRecorder session = new();
            PacketRecorder early = new();
            SippScript script = new SippScript().InviteTo(session.Port, false, header).Expect(100, optional: true);
            script = progressed(script, early.Port)
                .Expect(200, routes: true)
                .InDialog("ACK", 1)
                .Pause(2_000)
                .InDialog("BYE", 3)
                .Expect(200);
            SippRun run = Sipp.Caller(_folder, script, _edge.Port, $"+3318000100{_calls.Count}");
            _programs.AddRange([session, early, run]);
            _calls[name] = new Heard(run, session, early);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _edge?.Dispose();
        _programs.ForEach(program => program.Dispose());
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ringback of its own for a while, then talk, and the answer a while behind that: no packet of the ringback is left on its way.</summary>
    private static SippScript Callee =>
        new SippScript()
            .ExpectRequest("INVITE")
            .Pause(6_000)
            .ReplyPlaying("183 Session Progress", 0)
            .Play("gb.ulaw", 0)
            .Pause(5_000)
            .Play("talk.ulaw", 0)
            .Pause(500)
            .ReplyPlaying("200 OK", 0)
            .ExpectRequest("ACK")
            .ExpectRequest("BYE")
            .Reply("200 OK", tag: false);

    private static byte[] Encode(ToneCadence cadence, int seconds)
    {
        short[] samples = new short[8_000 * seconds];
        new ToneGenerator(cadence, 8_000).Read(samples);
        byte[] encoded = new byte[samples.Length];
        G711Codec.Mu.Encode(samples, encoded).ShouldBe(encoded.Length);
        return encoded;
    }

    /// <summary>What came to a caller.</summary>
    /// <param name="Caller">Its signalling.</param>
    /// <param name="Session">The port of the session itself.</param>
    /// <param name="Early">The port of the early session.</param>
    internal sealed record Heard(SippRun Caller, PacketRecorder Session, PacketRecorder Early);
}
