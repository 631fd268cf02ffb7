using System.Net;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Interop.Tests.Listening;

/// <summary>Routes that name a host: found by SRV and address records, and the next server is tried when one is not there (RFC 3263).</summary>
public sealed class ResolvingTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("proxy")]
    [InlineData("gate")]
    public async Task A_host_is_found_by_SRV_and_a_server_that_is_away_is_passed_over_and_remembered(string mode)
    {
        using TestFolder folder = new();
        int refusals = 0;
        await using SipNode server = Node(call =>
        {
            Interlocked.Increment(ref refusals);
            call.Refuse(486, default);
        });
        await using var names = new NameServer();
        if (mode == "proxy")
        {
            names.Srv("_sip._udp.pbx.example", 1, 9, "away.pbx.example");
        }

        names
            .Srv("_sip._udp.pbx.example", 2, PortOf(server), "here.pbx.example")
            .A("away.pbx.example", "127.0.0.1")
            .A("here.pbx.example", "127.0.0.1");
        await using HostedEdge edge = HostedEdge.Start(folder, Yaml(mode, names.Port, "sip:pbx.example"));
        await using SipNode caller = Node(call => call.End());

        (await CallAsync(caller, edge)).ShouldBe(486);
        (await CallAsync(caller, edge)).ShouldBe(486);
        refusals.ShouldBe(2);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_503()
    {
        using TestFolder folder = new();
        await using var names = new NameServer();
        await using HostedEdge edge = HostedEdge.Start(folder, Yaml("proxy", names.Port, "sip:nowhere.example"));
        await using SipNode caller = Node(call => call.End());

        (await CallAsync(caller, edge)).ShouldBe(503);
    }

    private static string Yaml(string mode, int dns, string target) =>
        $$"""
            listen: [ "udp:127.0.0.1:0" ]
            dns: { servers: "127.0.0.1:{{dns}}" }
            trunks: [ { name: callers, from: 127.0.0.1, mode: {{mode}} } ]
            routes: [ { match: "*", to: "{{target}}" } ]
            policy: [ { then: progress } ]
            """;

    private static SipNode Node(Action<IncomingCall> onInvite) =>
        SipNode.Open(
            new SipNodeOptions
            {
                Transport = new SipTransportOptions
                {
                    Listen = [new ListenAddress(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 0))],
                    Lanes = 1,
                },
            },
            onInvite
        );

    private static int PortOf(SipNode node) => node.Listening[0].EndPoint.Port;

    private static async Task<int> CallAsync(SipNode from, HostedEdge edge)
    {
        const string sdp =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\n";
        DialedCall call = from.Dial(
            "sip:caller@carrier.example",
            $"sip:+33180001000@127.0.0.1:{edge.PortOf(TransportKind.Udp)}",
            Body.Sdp(System.Text.Encoding.ASCII.GetBytes(sdp))
        );
        return (await call.Final.WaitAsync(Soon, TestContext.Current.CancellationToken)).StatusCode;
    }
}
