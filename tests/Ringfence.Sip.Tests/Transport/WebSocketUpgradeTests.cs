using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;
using static Ringfence.Sip.Tests.Transport.WebSocketFrames;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>Requests for a WebSocket that are refused (RFC 6455 §4.2.1, RFC 7118 §4.1).</summary>
public class WebSocketUpgradeTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 426)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.0\r\nHost: a\r\n\r\n", 400)]
    [InlineData("\r\n\r\n", 400)]
    [InlineData("INVITE sip:bob@example.com SIP/2.0\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400)]
    public async Task What_asks_for_no_WebSocket_is_refused(string request, int status)
    {
        await RefusedAsync(request, status);
    }

    [Fact]
    public Task Another_version_is_told_ours() => RefusedAsync(Request(version: "8"), 426, "Sec-WebSocket-Version: 13");

    [Fact]
    public Task Another_subprotocol_is_refused() => RefusedAsync(Request(protocol: "chat, soap"), 400);

    [Fact]
    public Task Bytes_that_do_not_wait_for_the_answer_are_refused() => RefusedAsync(Request() + "INVITE", 400);

    [Fact]
    public Task A_second_key_is_refused() =>
        RefusedAsync(
            Request()
                .Replace(
                    "\r\n\r\n",
                    "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                    StringComparison.Ordinal
                ),
            400
        );

    [Fact]
    public Task A_request_of_more_than_8_kB_is_refused() =>
        RefusedAsync(("GET / HTTP/1.1\r\nHost: " + new string('a', 9000))[..8192], 400);

    [Fact]
    public Task A_page_of_another_origin_is_refused() => RefusedAsync(Request("Origin: https://evil.example\r\n"), 403);

    [Fact]
    public async Task The_request_must_be_whole_in_10_seconds()
    {
        var clock = new ManualClock();
        await using TransportRig rig = Rig(new SipTransportOptions { Listen = [], Clock = clock });
        using StreamClient client = StreamClient.Connect(rig.At(TransportKind.Ws));
        for (int i = 0; i < 4; i++)
        {
            SpinWait
                .SpinUntil(() => rig.IsReading(StreamPhase.Upgrade) || i == 3, RecordingSink.Deadline)
                .ShouldBeTrue();
            client.TrySend("G"u8);
            clock.Advance(TimeSpan.FromSeconds(4));
        }

        client.ReceiveToEnd().ShouldBeEmpty();
        rig.Transport.Count().ConnectionsTimedOut.ShouldBe(1);
    }

    private static TransportRig Rig(SipTransportOptions? options = null) =>
        new(
            (options ?? new SipTransportOptions { Listen = [] }) with
            {
                WebSocketOrigins = ["https://phone.example.com"],
            },
            "ws:127.0.0.1:0"
        );

    private static async Task RefusedAsync(string request, int status, string says = "Connection: close")
    {
        await using TransportRig rig = Rig();
        using StreamClient client = StreamClient.Connect(rig.At(TransportKind.Ws));

        client.Send(request);

        string answer = client.ReceiveToEnd();
        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldContain(says);
        rig.Await(counters => counters.UpgradesRefused, 1);
    }
}
