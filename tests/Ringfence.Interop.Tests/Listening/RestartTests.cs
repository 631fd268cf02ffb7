using System.Net;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Interop.Tests.Listening;

/// <summary>A call between a UDP caller and a TCP callee, and an edge that is started anew in the middle of it.</summary>
public sealed class RestartTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_callee_ends_a_call_across_transports_and_across_a_restart(bool isRestarted)
    {
        using TestFolder folder = new();
        AnsweringCallee bob = null!;
        await using SipNode callee = SipNode.Open(
            Options(TransportKind.Tcp),
            calls => bob = new AnsweringCallee(calls)
        );
        await using SipNode caller = SipNode.Open(Options(TransportKind.Udp));
        int port = FreePort.Next();
        string yaml = $$"""
            listen: [ "udp:127.0.0.1:{{port}}", "tcp:127.0.0.1:{{port}}" ]
            lanes: 2
            trunks: [ { name: callers, from: 127.0.0.1 } ]
            routes: [ { match: "*", to: "sip:{{callee.Listening[0].EndPoint}};transport=tcp" } ]
            policy: [ { then: progress } ]
            """;
        HostedEdge edge = HostedEdge.Start(folder, yaml);
        DialedCall call = caller.Dial("sip:a@carrier.example", $"sip:+4930@127.0.0.1:{port}", AnsweringCallee.Sdp);
        (await call.Final.WaitAsync(Soon, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(200);
        await bob.IsUp.WaitAsync(Soon, TestContext.Current.CancellationToken);
        if (isRestarted)
        {
            await edge.DisposeAsync();
            edge = HostedEdge.Start(folder, yaml);
        }

        bob.End();

        (await call.Ended.WaitAsync(Soon, TestContext.Current.CancellationToken)).ShouldBe(CallEnd.ByeReceived);
        await edge.DisposeAsync();
    }

    private static SipNodeOptions Options(TransportKind kind) =>
        new()
        {
            Transport = new SipTransportOptions
            {
                Listen = [new ListenAddress(kind, new IPEndPoint(IPAddress.Loopback, 0))],
                Lanes = 1,
            },
        };
}
