using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Ringfence.Tests;

/// <summary><c>ringfence watch</c> with packets of a capture agent, and with those of an interface where capturing is allowed.</summary>
public sealed class WatchCommandTests
{
    [Fact]
    public async Task A_call_that_an_agent_reports_is_told_as_a_line_of_json()
    {
        int port = FreeUdpPort();
        using Process watch = Command.Start(["watch", "--hep", $"127.0.0.1:{port}", "--count", "1", "--json"]);
        await ReadyAsync(watch);
        using UdpClient agent = new();
        foreach (byte[] message in RefusedCall(5060))
        {
            await agent.SendAsync(
                Hep3(message),
                new IPEndPoint(IPAddress.Loopback, port),
                TestContext.Current.CancellationToken
            );
        }

        string line = await EndAsync(watch);

        using var call = JsonDocument.Parse(line);
        call.RootElement.GetProperty("state").GetString().ShouldBe("Refused");
        call.RootElement.GetProperty("findings").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_call_on_loopback_is_seen_through_libpcap()
    {
        Assert.SkipUnless(
            File.Exists("/usr/lib/x86_64-linux-gnu/libpcap.so.0.8") && Environment.UserName == "root",
            "skipped: libpcap not present, or no right to capture"
        );
        int port = FreeUdpPort();
        using Process watch = Command.Start([
            "watch",
            "lo",
            "--filter",
            $"udp port {port}",
            "--count",
            "1",
            "--ladder",
        ]);
        await ReadyAsync(watch);
        using UdpClient callee = new(new IPEndPoint(IPAddress.Loopback, port));
        using UdpClient caller = new(new IPEndPoint(IPAddress.Loopback, 0));
        int source = ((IPEndPoint)caller.Client.LocalEndPoint!).Port;
        foreach (byte[] message in RefusedCall(source))
        {
            bool isResponse = message.AsSpan().StartsWith("SIP/2.0"u8);
            await (isResponse ? callee : caller).SendAsync(
                message,
                new IPEndPoint(IPAddress.Loopback, isResponse ? source : port),
                TestContext.Current.CancellationToken
            );
        }

        string output = await EndAsync(watch);

        output.ShouldContain("607 Unwanted");
        output.ShouldContain("├");
    }

    [Fact]
    public async Task An_interface_that_is_not_there_is_named_with_a_remedy()
    {
        CommandResult result = await Command.RunAsync("watch", "nosuchdevice0");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldMatch("nosuchdevice0|libpcap0.8|right to capture");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using UdpClient taken = new(new IPEndPoint(IPAddress.Loopback, 0));
        string address = taken.Client.LocalEndPoint!.ToString()!;
        CommandResult result = await Command.RunAsync("watch", "--hep", address);
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(address);
    }

    /// <summary>INVITE, 607, ACK.</summary>
    private static byte[][] RefusedCall(int port) =>
        [
            Message("INVITE sip:+33180001000@127.0.0.1 SIP/2.0", "", "1 INVITE", port),
            Message("SIP/2.0 607 Unwanted", ";tag=b", "1 INVITE", port),
            Message("ACK sip:+33180001000@127.0.0.1 SIP/2.0", ";tag=b", "1 ACK", port),
        ];

    private static byte[] Message(string startLine, string toTag, string cseq, int port) =>
        Encoding.ASCII.GetBytes(
            $"{startLine}\r\nVia: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK1\r\nFrom: <sip:+33900123456@127.0.0.1>;tag=a\r\n"
                + $"To: <sip:+33180001000@127.0.0.1>{toTag}\r\nCall-ID: one@127.0.0.1\r\nCSeq: {cseq}\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
        );

    /// <summary>A HEP packet of version 3: family, protocol, addresses, ports, time, payload type, agent, payload.</summary>
    private static byte[] Hep3(byte[] message)
    {
        bool isResponse = message.AsSpan().StartsWith("SIP/2.0"u8);
        byte[] caller = [192, 0, 2, 10];
        byte[] callee = [192, 0, 2, 1];
        uint now = (uint)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        byte[] body =
        [
            .. Chunk(1, [2]),
            .. Chunk(2, [17]),
            .. Chunk(3, isResponse ? callee : caller),
            .. Chunk(4, isResponse ? caller : callee),
            .. Chunk(7, [0x13, 0xC4]),
            .. Chunk(8, [0x13, 0xC4]),
            .. Chunk(9, BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(now))),
            .. Chunk(10, [0, 0, 0, 0]),
            .. Chunk(11, [1]),
            .. Chunk(15, message),
        ];
        byte[] packet = [.. "HEP3"u8, 0, 0, .. body];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)packet.Length);
        return packet;
    }

    private static byte[] Chunk(byte type, byte[] value)
    {
        byte[] chunk = [0, 0, 0, type, 0, 0, .. value];
        BinaryPrimitives.WriteUInt16BigEndian(chunk.AsSpan(4), (ushort)chunk.Length);
        return chunk;
    }

    private static async Task ReadyAsync(Process watch) =>
        (await watch.StandardError.ReadLineAsync(TestContext.Current.CancellationToken))!.ShouldContain("listening on");

    private static async Task<string> EndAsync(Process watch)
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

    private static int FreeUdpPort()
    {
        using UdpClient probe = new(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.Client.LocalEndPoint!).Port;
    }
}
