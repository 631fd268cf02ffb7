using Ringfence.Edge.Storage;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Media.Codecs;
using Ringfence.Media.Wav;

namespace Ringfence.Interop.Tests;

/// <summary>A caller that says who it is, through the running edge, over sockets: what each side heard is measured.</summary>
public sealed class SayWhoCallTests
{
    private const string Policy = "policy: [ { name: who, then: challenge say-who } ]";

    /// <summary>Samples that are looked for at once: 100 ms.</summary>
    private const int Piece = 800;

    [Theory]
    [InlineData("proxy")]
    [InlineData("gate, media: rtpengine")]
    public async Task The_callee_hears_the_name_and_the_question_and_takes_the_call_by_a_key(string mode)
    {
        using TestFolder folder = new();
        (int edgePort, int calleePort, int ng) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        if (mode.EndsWith("rtpengine", StringComparison.Ordinal))
        {
            Peers.RtpEngine.Need();
        }

        using ForeignProgram? engine = mode.EndsWith("rtpengine", StringComparison.Ordinal)
            ? await Peers.RtpEngine.StartAsync(folder, ng)
            : null;
        string border = engine is null ? "" : $"rtpengine: {{ at: \"127.0.0.1:{ng}\" }}";
        string trunk = $"trunks: [ {{ name: callers, from: 127.0.0.1, mode: {mode} }} ]\n{border}";
        string route = $"routes: [ {{ match: \"*\", to: [ \"sip:127.0.0.1:{calleePort}\" ] }} ]";
        using RunningEdge edge = await RunningEdge.StartAsync(folder, edgePort, $"{trunk}\n{route}\n{Policy}");
        using ForeignProgram callee = Ringfence(
            folder,
            ["answer", "--listen", $"udp:127.0.0.1:{calleePort}", "--after", "0.5", "--calls", "1"],
            ["--press", "1", "--press-after", "12", "--play", Prompt("help"), "--record", folder.File("callee.wav")]
        );
        await callee.SaysAsync("ready", TimeSpan.FromSeconds(20));
        using ForeignProgram caller = Ringfence(
            folder,
            ["call", $"sip:+4930123456@127.0.0.1:{edgePort}", "--from", "sip:+442079460001@127.0.0.1"],
            ["--expect", "183,200", "--talk", "3", "--play", Prompt("rejected"), "--record", folder.File("caller.wav")]
        );

        (await caller.EndAsync(TimeSpan.FromSeconds(90))).ShouldBe(0, caller.Output);
        (await callee.EndAsync(TimeSpan.FromSeconds(30))).ShouldBe(0, callee.Output);
        await edge.StopAsync();

        (short[] calleeHeard, short[] callerHeard) = (Read(folder.File("callee.wav")), Read(folder.File("caller.wav")));
        Share(Prompt("rejected"), calleeHeard).ShouldBeGreaterThan(0.8, "the name, as the caller said it");
        Share(PromptOf("de", "calls"), calleeHeard).ShouldBeGreaterThan(0.8, "the question");
        Share(Prompt("say-name"), callerHeard).ShouldBeGreaterThan(0.8, "what the caller is asked");
        Share(Prompt("asking"), callerHeard)
            .ShouldBeGreaterThan(0.8, "what the caller is told while the callee decides");
        Share(Prompt("help"), callerHeard).ShouldBeGreaterThan(0.8, "the callee, after the answer");
        using CallRecordStore store = CallRecordStore.Open(edge.Database);
        CallRecord record = store.Latest(2).ShouldHaveSingleItem();
        (record.StatusCode, record.Mode).ShouldBe((200, "gate"));
        record.GateReason.ShouldContain("; the callee accepted");
    }

    private static ForeignProgram Ringfence(TestFolder folder, string[] arguments, string[] more) =>
        ForeignProgram.Start("dotnet", folder.Path, [TestFolder.Beside("ringfence.dll"), .. arguments, .. more]);

    private static string Prompt(string word) => PromptOf("en", word);

    private static string PromptOf(string language, string word) =>
        Path.Combine(Root(), "data", "prompts", language, $"{word}.wav");

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ringfence.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private static short[] Read(string file)
    {
        WavFile.Read(File.ReadAllBytes(file), out WavFile? wav).ShouldBe(WavFault.None);
        return wav!.Samples.ToArray();
    }

    /// <summary>
    /// Share of a recording's pieces that were heard sample by sample, by the encoding of the call: a machine that stumbles spoils a
    /// few of them.
    /// </summary>
    private static double Share(string file, short[] heard) =>
        new[] { AudioFormat.Pcmu, AudioFormat.Pcma }.Max(format =>
        {
            short[] said = Coded(Read(file), format);
            int pieces = said.Length / Piece;
            int found = Enumerable
                .Range(0, pieces)
                .Count(i => heard.AsSpan().IndexOf(said.AsSpan(i * Piece, Piece)) >= 0);
            return (double)found / pieces;
        });

    private static short[] Coded(short[] samples, AudioFormat format)
    {
        using IAudioCodec codec = AudioCodecs.Create(format)!;
        var payload = new byte[samples.Length];
        var decoded = new short[samples.Length];
        codec.Encode(samples, payload);
        codec.Decode(payload, decoded);
        return decoded;
    }
}
