using System.Net.WebSockets;
using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;
using static Ringfence.Sip.Tests.Transport.WebSocketFrames;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>SIP over WebSocket (RFC 7118), as a browser speaks it and as no browser does.</summary>
public sealed class WebSocketTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    [Theory]
    [InlineData("ws", TransportKind.Ws)]
    [InlineData("wss", TransportKind.Wss)]
    public async Task A_browser_sends_a_request_and_gets_the_response_on_its_connection(
        string scheme,
        TransportKind kind
    )
    {
        await using TransportRig rig = Rig();
        using ClientWebSocket browser = await ConnectAsync(rig, scheme, kind);
        byte[] request = Sample.Request(
            "REGISTER",
            via: $"SIP/2.0/{scheme} df7jal23ls0d.invalid;branch=z9hG4bK56sdasks"
        );

        await browser.SendAsync(request, WebSocketMessageType.Text, true, Cancelled);
        (Peer from, ParseResult result) = rig.Sink.Next();
        SendOutcome outcome = rig.Answer(
            ReplyRoute.For(from, (SipRequest)result.Message!),
            (SipRequest)result.Message!,
            200
        );
        (string text, WebSocketMessageType type) = await ReceiveAsync(browser);

        browser.SubProtocol.ShouldBe("sip");
        from.Kind.ShouldBe(kind);
        outcome.ShouldBe(SendOutcome.Sent);
        text.ShouldStartWith("SIP/2.0 200 Why\r\n");
        type.ShouldBe(WebSocketMessageType.Text);
        await browser.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);
        rig.Transport.Count().StreamMalformed.ShouldBe(0);
    }

    [Fact]
    public async Task A_message_comes_whole_in_many_frames_and_binary_or_text_with_pings_between()
    {
        await using TransportRig rig = Rig();
        using StreamClient client = Upgraded(rig);
        byte[] request = Sample.Request(callId: "in-pieces", body: new string('x', 3000));

        client.Send(Frame(Binary, request.AsSpan(0, 1), isFinal: false));
        client.Send(Frame(Ping, "are you there"));
        client.ReceiveUntil("are you there").Length.ShouldBe(2 + 13);
        for (int i = 1; i < request.Length - 1; i += 500)
        {
            client.Send(Frame(0, request.AsSpan(i, Math.Min(500, request.Length - 1 - i)), isFinal: false));
        }

        client.Send(Frame(0, request.AsSpan(request.Length - 1)));
        client.Send([.. Frame(Text, Sample.Request(callId: "next")), .. Frame(Text, Sample.Request(callId: "last"))]);

        rig.Sink.NextCallId().ShouldBe("in-pieces");
        rig.Sink.NextCallId().ShouldBe("next");
        rig.Sink.NextCallId().ShouldBe("last");
    }

    [Fact]
    public async Task A_double_CRLF_is_answered_and_empty_messages_mean_nothing()
    {
        await using TransportRig rig = Rig();
        using StreamClient client = Upgraded(rig);

        client.Send([.. Frame(Text, ""), .. Frame(Binary, ""), .. Frame(Text, "\r\n\r\n")]);

        client.ReceiveUntil("\r\n").Length.ShouldBe(4);
        rig.Transport.Count().StreamPings.ShouldBe(1);
        rig.Sink.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_is_not_UTF8_leaves_in_a_binary_frame()
    {
        await using TransportRig rig = Rig();
        using ClientWebSocket browser = await ConnectAsync(rig, "ws", TransportKind.Ws);
        await browser.SendAsync(Sample.Request(), WebSocketMessageType.Binary, true, Cancelled);
        Peer from = rig.Sink.Next().From;
        byte[] message = [.. Sample.Response(), 0xFF];

        rig.OnLane(wire => wire.Send(from, message)).ShouldBe(SendOutcome.Sent);

        (await ReceiveAsync(browser)).Type.ShouldBe(WebSocketMessageType.Binary);
    }

    public static TheoryData<string, byte[], int> Hostile =>
        new()
        {
            { "2^63 bytes announced", Announcing(1UL << 63), 1002 },
            { "2^64-1 bytes announced", Announcing(ulong.MaxValue), 1002 },
            { "2^63-1 bytes announced", Announcing(long.MaxValue), 1009 },
            { "64 kB + 1 announced", Announcing((64 * 1024) + 1), 1009 },
            { "a length longer than it need be", Announcing(5), 1002 },
            { "a frame without a mask", [0x81, 0x02, 0x41, 0x41], 1002 },
            { "a reserved bit", [0xC1, 0x80, 0, 0, 0, 0], 1002 },
            { "a reserved opcode", [0x83, 0x80, 0, 0, 0, 0], 1002 },
            { "a reserved control opcode", [0x8B, 0x80, 0, 0, 0, 0], 1002 },
            { "a ping of 126 bytes", Frame(Ping, new string('p', 126)), 1002 },
            { "a ping in pieces", Frame(Ping, "p", isFinal: false), 1002 },
            { "a continuation of nothing", Frame(0, "x"), 1002 },
            { "a message within a message", [.. Frame(Text, "I", isFinal: false), .. Frame(Text, "I")], 1002 },
            { "a close of one byte", Frame(Close, "x"), 1002 },
            { "text that is none", Frame(Text, [0xFF, 0xFE]), 1007 },
            { "no SIP", Frame(Text, "GET / HTTP/1.1\r\n\r\n"), 1002 },
            { "a close", Frame(Close, [0x03, 0xE8]), 1000 },
        };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task What_breaks_the_rules_is_closed_with_its_code(string what, byte[] frames, int code)
    {
        await using TransportRig rig = Rig();
        using StreamClient client = Upgraded(rig);

        client.Send(frames);

        client.ReceiveBytesToEnd().ShouldBe([0x88, 0x02, (byte)(code >> 8), (byte)code], what);
        client.Dispose();
        SpinWait.SpinUntil(() => rig.Transport.Count().ConnectionsOpen == 0, RecordingSink.Deadline).ShouldBeTrue();
        rig.Sink.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Fragments_without_end_are_cut_at_the_limit()
    {
        await using TransportRig rig = Rig();
        using StreamClient client = Upgraded(rig);
        string piece = new('x', 16 * 1024);

        client.Send(Frame(Text, piece, isFinal: false));
        for (int i = 0; i < 4; i++)
        {
            client.Send(Frame(0, piece, isFinal: false));
        }

        client.ReceiveBytesToEnd().ShouldBe([0x88, 0x02, 1009 >> 8, 1009 & 0xFF]);
    }

    [Fact]
    public async Task Pings_do_not_hold_open_a_message_that_never_ends()
    {
        var clock = new ManualClock();
        await using TransportRig rig = Rig(new SipTransportOptions { Listen = [], Clock = clock });
        using StreamClient client = Upgraded(rig);
        client.Send(Frame(Text, "I", isFinal: false));
        SpinWait.SpinUntil(() => rig.IsReading(StreamPhase.Body), RecordingSink.Deadline).ShouldBeTrue();

        for (int i = 0; i < 4; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            client.TrySend(Frame(Ping, "p"));
        }

        SpinWait.SpinUntil(() => rig.Transport.Count().ConnectionsTimedOut == 1, RecordingSink.Deadline).ShouldBeTrue();
    }

    [Fact]
    public async Task A_flood_of_pings_whose_pongs_nobody_reads_is_not_kept()
    {
        await using TransportRig rig = Rig();
        using StreamClient client = Upgraded(rig);
        byte[] pings = [.. Enumerable.Range(0, 500).SelectMany(_ => Frame(Ping, new string('p', 125)))];
        for (int i = 0; i < 100; i++)
        {
            client.Send(pings);
        }

        client.Send(Frame(Text, Sample.Request(callId: "after the flood")));

        rig.Sink.NextCallId().ShouldBe("after the flood");
    }

    [Fact]
    public async Task Nobody_is_called_by_WebSocket_who_has_not_connected()
    {
        await using TransportRig rig = Rig();
        using var server = new TcpServer();
        Peer to = Peer.From(TransportKind.Ws, server.EndPoint);

        rig.OnLane(wire => wire.Send(to, Sample.Request())).ShouldBe(SendOutcome.NoRoute);
    }

    public void Dispose() => _certificates.Dispose();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private TransportRig Rig(SipTransportOptions? options = null) =>
        new(
            (options ?? new SipTransportOptions { Listen = [] }) with
            {
                Tls = _certificates.For("DNS:localhost"),
                WebSocketOrigins = ["https://phone.example.com"],
            },
            "ws:127.0.0.1:0",
            "wss:127.0.0.1:0"
        );

    private static async Task<ClientWebSocket> ConnectAsync(TransportRig rig, string scheme, TransportKind kind)
    {
        var browser = new ClientWebSocket();
        browser.Options.AddSubProtocol("sip");
        browser.Options.SetRequestHeader("Origin", "https://phone.example.com");
        browser.Options.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
        await browser.ConnectAsync(new Uri($"{scheme}://{rig.At(kind)}/"), Cancelled);
        return browser;
    }

    private static async Task<(string Text, WebSocketMessageType Type)> ReceiveAsync(ClientWebSocket browser)
    {
        byte[] buffer = new byte[8192];
        WebSocketReceiveResult result = await browser.ReceiveAsync(buffer, Cancelled).WaitAsync(RecordingSink.Deadline);
        return (Encoding.UTF8.GetString(buffer, 0, result.Count), result.MessageType);
    }
}
