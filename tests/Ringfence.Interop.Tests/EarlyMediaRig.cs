using System.Buffers.Binary;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Media.Codecs;
using Ringfence.Media.Tones;

namespace Ringfence.Interop.Tests;

/// <summary>
/// Callees of SIPp, which play real RTP, behind one running edge, some of them behind a Kamailio that forks, with rtpengine or without.
/// SIPp calls them all at once, and what comes to each caller is kept packet by packet.
/// </summary>
public sealed class EarlyMediaRig : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly List<IDisposable> _programs = [];
    private readonly Dictionary<string, (PacketRecorder Ear, SippRun Caller)> _calls = [];
    private readonly List<(string Name, SippScript Caller, int Number)> _callers = [];
    private readonly List<string> _routes = [];
    private RunningEdge? _edge;

    /// <summary>Three seconds of British ringback, µ-law: one period.</summary>
    internal static byte[] British { get; } =
        Encode(TonePlan.Default.ByCountry("GB")!.Ringback.Cadence, 3, G711Codec.Mu);

    /// <summary>Waits for the end of a call and gives what its caller got.</summary>
    internal async Task<PacketRecorder> EndAsync(string call)
    {
        Sipp.Need();
        ForeignProgram.Need("kamailio", "kamailio");
        RtpEngine.Need();
        Assert.SkipUnless(_calls.ContainsKey(call), "skipped: playing captures needs raw sockets");
        (PacketRecorder ear, SippRun caller) = _calls[call];
        await caller.SucceedsAsync(() => _edge!.Output, seconds: 60);
        return ear;
    }

    /// <summary>What a call's caller was told, each status once: a request that is repeated is answered again.</summary>
    internal string[] Told(string call) =>
        [.. _calls[call].Caller.Messages.Where(message => !message.IsSent).Select(message => message.Step).Distinct()];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!IsThere("sipp") || !IsThere("kamailio") || !IsThere("rtpengine"))
        {
            return;
        }

        File.WriteAllBytes(_folder.File("gb.ulaw"), British);
        File.WriteAllBytes(_folder.File("low.ulaw"), Encode(ToneCadence.Continuous(500, -12), 3, G711Codec.Mu));
        File.WriteAllBytes(_folder.File("high.alaw"), Encode(ToneCadence.Continuous(1_500, -12), 3, G711Codec.A));
        await AddSingleCalleesAsync();
        foreach (string refusal in (string[])["607", "486"])
        {
            await AddForksAsync($"legs {refusal}", refusal, kamailio: false, ng: null);
            await AddForksAsync($"kamailio {refusal}", refusal, kamailio: true, ng: null);
        }

        if (Environment.IsPrivilegedProcess)
        {
            int ng = FreePort.Next();
            _programs.Add(await RtpEngine.StartAsync(_folder, ng));
            await AddForksAsync("kamailio and rtpengine 486", "486", kamailio: true, ng);
        }

        _edge = await RunningEdge.StartAsync(
            _folder,
            FreePort.Next(),
            $$"""
            trunks: [ { name: callers, from: 127.0.0.1, mode: gate } ]
            routes:
            {{string.Join('\n', _routes)}}
            early-media: { ringback: fr, silence-after: 2s }
            policy: [ { then: progress } ]
            """
        );
        foreach ((string name, SippScript caller, int number) in _callers)
        {
            PacketRecorder ear = new();
            _programs.Add(ear);
            SippScript script = new SippScript().InviteTo(ear.Port).MayRing();
            SippRun run = Sipp.Caller(_folder, script.Then(caller), _edge.Port, $"+33180001{number}");
            _programs.Add(run);
            _calls[name] = (ear, run);
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

    private static SippScript Answered =>
        new SippScript()
            .Expect(200, routes: true)
            .InDialog("ACK", 1)
            .Pause(1_500)
            .InDialog("BYE", 2)
            .Expect(200);

    private static SippScript Refused(string status) =>
        new SippScript().Expect(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)).AckRefusal();

    private static SippScript Called => new SippScript().ExpectRequest("INVITE");

    private async Task AddSingleCalleesAsync()
    {
        SippScript End(SippScript script) => script.ExpectRequest("ACK").ExpectRequest("BYE").Reply("200 OK", tag: false);
        SippScript Answer(SippScript script) => End(script.ReplyPlaying("200 OK", 0));
        await AddAsync(
            "answer",
            Answered,
            Answer(Called.Pause(6_000).ReplyPlaying("183 Session Progress", 0).Play("gb.ulaw", 0).Pause(6_500))
        );
        await AddAsync(
            "ringing after the 183",
            Answered,
            Answer(
                Called
                    .ReplyPlaying("183 Session Progress", 0)
                    .Play("gb.ulaw", 0)
                    .Pause(3_000)
                    .Reply("180 Ringing")
                    .Pause(5_000)
            )
        );
        await AddAsync(
            "silent",
            Refused("486"),
            Called.ReplyPlaying("183 Session Progress", 0).Pause(9_000).Reply("486 Busy Here").ExpectRequest("ACK")
        );
        await AddAsync(
            "sound before the 183",
            Answered,
            Answer(
                Called
                    .Pause(1_000)
                    .Play("gb.ulaw", 0)
                    .Pause(2_000)
                    .ReplyPlaying("183 Session Progress", 0)
                    .Pause(5_000)
            )
        );
        await AddAsync(
            "crank-back",
            Answered,
            Called
                .ReplyPlaying("183 Session Progress", 0)
                .Play("low.ulaw", 0)
                .Pause(2_500)
                .Reply("503 Service Unavailable")
                .ExpectRequest("ACK"),
            Answer(Called.Pause(200).ReplyPlaying("183 Session Progress", 0).Play("gb.ulaw", 0).Pause(6_500))
        );
        if (Environment.IsPrivilegedProcess)
        {
            File.WriteAllBytes(
                _folder.File("high.pcap"),
                Capture(Encode(ToneCadence.Continuous(1_500, -12), 8, G711Codec.A))
            );
            await AddAsync(
                "another port and codec",
                Answered,
                End(
                    Called
                        .ReplyPlaying("183 Session Progress", 0)
                        .Play("gb.ulaw", 0)
                        .Pause(4_000)
                        .StopPlaying()
                        .PlayCapture("high.pcap")
                        .ReplyPlaying("200 OK", 8, "[media_port]")
                )
            );
        }
    }

    /// <summary>Two with early media, one µ-law and one A-law: the first refuses, the second answers where it still may.</summary>
    private async Task AddForksAsync(string name, string refusal, bool kamailio, int? ng)
    {
        SippScript first = Called
            .ReplyPlaying("183 Session Progress", 0)
            .Play("low.ulaw", 0)
            .Pause(3_000)
            .Reply(refusal == "607" ? "607 Unwanted" : "486 Busy Here")
            .ExpectRequest("ACK");
        // Behind one rtpengine both come from one port: then they need SSRCs of their own, which SIPp's streams have not.
        string port = ng is null ? "[rtpstream_audio_port]" : "[media_port]";
        SippScript second = Called.Pause(500).ReplyPlaying("183 Session Progress", 8, port);
        second = ng is null ? second.Play("high.alaw", 8) : second.PlayCapture("high.pcap");
        second =
            refusal == "607"
                ? second
                    .ExpectRequest("CANCEL", "Reason: SIP;cause=607")
                    .Reply("200 OK")
                    .ReplyToInvite("487 Request Terminated")
                    .ExpectRequest("ACK")
                : second
                    .Pause(6_000)
                    .ReplyPlaying("200 OK", 8, port)
                    .ExpectRequest("ACK")
                    .ExpectRequest("BYE")
                    .Reply("200 OK", tag: false);
        SippScript caller = refusal == "607" ? Refused(refusal).Pause(1_000) : Answered;
        int[] ports = [await CalleeAsync(first), await CalleeAsync(second)];
        if (kamailio)
        {
            int proxy = FreePort.Next();
            _programs.Add(await Kamailio.ForkAsync(_folder, proxy, ports[0], ports[1], ng));
            ports = [proxy];
        }

        AddRoute(name, caller, "parallel", ports);
    }

    private async Task AddAsync(string name, SippScript caller, params SippScript[] callees)
    {
        List<int> ports = [];
        foreach (SippScript callee in callees)
        {
            ports.Add(await CalleeAsync(callee));
        }

        AddRoute(name, caller, "sequential", [.. ports]);
    }

    private void AddRoute(string name, SippScript caller, string fork, int[] ports)
    {
        int number = 1_000 + _callers.Count;
        string targets = string.Join(", ", ports.Select(port => $"\"sip:127.0.0.1:{port}\""));
        _routes.Add($"  - {{ match: \"+33180001{number}\", to: [ {targets} ], fork: {fork} }}");
        _callers.Add((name, caller, number));
    }

    private async Task<int> CalleeAsync(SippScript script)
    {
        int port = FreePort.Next();
        _programs.Add(await Sipp.CalleeAsync(_folder, script, port));
        return port;
    }

    private static bool IsThere(string program) =>
        ((string[])["/usr/sbin", "/usr/bin"]).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static byte[] Encode(ToneCadence cadence, int seconds, G711Codec codec)
    {
        short[] samples = new short[8_000 * seconds];
        new ToneGenerator(cadence, 8_000).Read(samples);
        byte[] encoded = new byte[samples.Length];
        codec.Encode(samples, encoded).ShouldBe(encoded.Length);
        return encoded;
    }

    /// <summary>A capture of RTP over Ethernet, a packet each 20 ms, as SIPp reads it.</summary>
    private static byte[] Capture(byte[] alaw)
    {
        const int headers = 14 + 20 + 8 + 12;
        const int units = 160;
        using MemoryStream capture = new();
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 65_535);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], 1);
        capture.Write(header);
        for (int i = 0; i < alaw.Length / units; i++)
        {
            byte[] frame = new byte[16 + headers + units];
            BinaryPrimitives.WriteInt32LittleEndian(frame, i / 50);
            BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), i % 50 * 20_000);
            BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(8), headers + units);
            BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(12), headers + units);
            Span<byte> packet = frame.AsSpan(16);
            packet[12] = 8;
            Span<byte> ip = packet[14..];
            ip[0] = 0x45;
            BinaryPrimitives.WriteUInt16BigEndian(ip[2..], headers - 14 + units);
            (ip[8], ip[9], ip[12], ip[15], ip[16], ip[19]) = (64, 17, 127, 1, 127, 1);
            BinaryPrimitives.WriteUInt16BigEndian(ip[20..], 6_000);
            BinaryPrimitives.WriteUInt16BigEndian(ip[22..], 6_000);
            BinaryPrimitives.WriteUInt16BigEndian(ip[24..], 8 + 12 + units);
            Span<byte> rtp = ip[28..];
            (rtp[0], rtp[1]) = (0x80, 8);
            BinaryPrimitives.WriteUInt16BigEndian(rtp[2..], (ushort)(100 + i));
            BinaryPrimitives.WriteInt32BigEndian(rtp[4..], i * units);
            BinaryPrimitives.WriteUInt32BigEndian(rtp[8..], 0x5EC0DE);
            alaw.AsSpan(i * units, units).CopyTo(rtp[12..]);
            capture.Write(frame);
        }

        return capture.ToArray();
    }
}
