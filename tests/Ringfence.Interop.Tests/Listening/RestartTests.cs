using System.Net;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
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
        Callee bob = null!;
        await using SipNode callee = SipNode.Open(Options(TransportKind.Tcp), calls => bob = new Callee(calls));
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
        DialedCall call = caller.Dial("sip:a@carrier.example", $"sip:+4930@127.0.0.1:{port}", Body.None);
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

    /// <summary>Answers, and ends the call when the test says so.</summary>
    private sealed class Callee(CallLayer calls) : LaneWork, ICallHandler, IIncomingCallListener
    {
        private readonly TaskCompletionSource<IncomingCall> _up = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        internal Task<IncomingCall> IsUp => _up.Task;

        public void OnInvite(IncomingCall call)
        {
            call.Listener = this;
            call.Answer(Body.None);
        }

        public void OnAcknowledged(IncomingCall call, SipRequest ack) => _up.TrySetResult(call);

        public void OnEnded(Call call, CallEnd end, SipMessage? message) { }

        public override void Run(Lane lane) => _up.Task.GetAwaiter().GetResult().End();

        internal void End() => calls.Transactions.Lane.Post(this).ShouldBeTrue();
    }
}
