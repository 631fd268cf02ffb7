using System.Net;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Interop.Tests.Listening;

/// <summary>A target that is reached by TLS under its name: it has to prove that name, and the whole dialog goes to it.</summary>
public sealed class TlsTargetTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("pbx.example", 200)]
    [InlineData("other.example", 500)]
    public async Task A_target_has_to_prove_the_host_of_its_URI(string named, int statusCode)
    {
        OpenSsl.Need();
        using TestFolder folder = new();
        await OpenSsl.AuthorityAsync(folder);
        await OpenSsl.IssueAsync(folder, "edge", "DNS:edge.example");
        await OpenSsl.IssueAsync(folder, "pbx", $"DNS:{named}");
        AnsweringCallee bob = null!;
        await using SipNode callee = SipNode.Open(
            Options(
                TransportKind.Tls,
                new TlsOptions
                {
                    CertificateFile = folder.File("pbx.pem"),
                    KeyFile = folder.File("pbx.key"),
                    RootsFile = folder.File("ca.pem"),
                }
            ),
            calls => bob = new AnsweringCallee(calls)
        );
        await using SipNode caller = SipNode.Open(Options(TransportKind.Udp, null));
        await using var names = new NameServer();
        names.A("pbx.example", "127.0.0.1");
        await using HostedEdge edge = HostedEdge.Start(
            folder,
            $$"""
            listen: [ "udp:127.0.0.1:0", "tls:127.0.0.1:0" ]
            tls: { certificate: edge.pem, key: edge.key, roots: ca.pem }
            dns: { servers: "127.0.0.1:{{names.Port}}" }
            trunks: [ { name: callers, from: 127.0.0.1 } ]
            routes: [ { match: "*", to: "sip:pbx.example:{{callee.Listening[0].EndPoint.Port}};transport=tls" } ]
            policy: [ { then: progress } ]
            """
        );

        DialedCall call = caller.Dial(
            "sip:a@carrier.example",
            $"sip:+4930@127.0.0.1:{edge.PortOf(TransportKind.Udp)}",
            AnsweringCallee.Sdp
        );
        (await call.Final.WaitAsync(Soon, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(statusCode);
        if (statusCode == 200)
        {
            // The callee's Contact is an address that its certificate does not name.
            await bob.IsUp.WaitAsync(Soon, TestContext.Current.CancellationToken);
            call.End();
            (await bob.Ended.WaitAsync(Soon, TestContext.Current.CancellationToken)).ShouldBe(CallEnd.ByeReceived);
        }
    }

    private static SipNodeOptions Options(TransportKind kind, TlsOptions? tls) =>
        new()
        {
            Transport = new SipTransportOptions
            {
                Listen = [new ListenAddress(kind, new IPEndPoint(IPAddress.Loopback, 0))],
                Tls = tls,
                Lanes = 1,
            },
        };
}
