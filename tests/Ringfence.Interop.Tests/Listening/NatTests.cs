using System.Globalization;
using System.Net;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Interop.Tests.Listening;

/// <summary>Users that cannot be reached at what they say of themselves: behind a NAT, or behind a proxy of their own.</summary>
public sealed class NatTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    /// <summary>Via and Contact of a private network: RFC 3581 for the responses, the way that it came for calls (RFC 5626 §5.3).</summary>
    [Theory]
    [InlineData(false, "proxy")]
    [InlineData(false, "gate")]
    [InlineData(true, "proxy")]
    [InlineData(true, "gate")]
    public async Task A_phone_with_a_private_address_registers_and_its_calls_come_the_way_that_it_registered(
        bool isTcp,
        string mode
    )
    {
        OpenSsl.Need();
        using TestFolder folder = await FolderAsync();
        await using SipNode carrier = Carrier();
        await using HostedEdge edge = HostedEdge.Start(folder, Yaml(PortOf(carrier), mode));
        using DigestPeer phone = new(folder, edge.PortOf(isTcp ? TransportKind.Tcp : TransportKind.Udp), isTcp);

        string registered = await phone.RegisterAsync("<sip:alice@10.9.9.9:5060>");
        registered.ShouldStartWith("SIP/2.0 200");
        registered.ShouldContain($"rport={DigestPeer.Text(phone.Port)}");
        registered.ShouldContain("received=127.0.0.1");
        DialedCall call = Dial(carrier, edge.PortOf(TransportKind.Udp));
        string invite = phone.Receive();
        phone.Refuse(invite, "486 Busy Here");
        phone.Receive().ShouldStartWith("ACK ");

        invite.ShouldStartWith("INVITE sip:alice@10.9.9.9:5060 SIP/2.0\r\n");
        (await call.Final.WaitAsync(Soon, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(486);
    }

    /// <summary>RFC 3327: Kamailio puts itself into the Path, and every call to the phone goes through it.</summary>
    [Theory]
    [InlineData("proxy")]
    [InlineData("gate")]
    public async Task A_phone_that_registered_by_its_proxy_is_called_by_its_proxy(string mode)
    {
        OpenSsl.Need();
        Kamailio.Need();
        using TestFolder folder = await FolderAsync();
        await using SipNode carrier = Carrier();
        await using HostedEdge edge = HostedEdge.Start(folder, Yaml(PortOf(carrier), mode));
        int port = FreePort.Next();
        using ForeignProgram kamailio = await Kamailio.StartAsync(
            folder,
            port,
            edge.PortOf(TransportKind.Udp),
            """
            if (is_method("REGISTER")) add_path();
            if (is_method("INVITE")) { loose_route(); record_route(); t_relay(); exit; }
            """
        );
        using DigestPeer phone = new(folder, port);

        string registered = await phone.RegisterAsync($"<sip:alice@127.0.0.1:{DigestPeer.Text(phone.Port)}>");
        registered.ShouldStartWith("SIP/2.0 200");
        registered.ShouldContain($"\r\nPath: <sip:127.0.0.1:{DigestPeer.Text(port)};lr>");
        DialedCall call = Dial(carrier, edge.PortOf(TransportKind.Udp));
        string invite = phone.Receive();
        phone.Refuse(invite, "486 Busy Here");
        phone.Receive().ShouldStartWith("ACK ");

        invite.ShouldStartWith($"INVITE sip:alice@127.0.0.1:{DigestPeer.Text(phone.Port)} SIP/2.0\r\n");
        invite.ShouldContain($"\r\nRecord-Route: <sip:127.0.0.1:{DigestPeer.Text(port)};");
        (await call.Final.WaitAsync(Soon, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(486);
    }

    private static async Task<TestFolder> FolderAsync()
    {
        TestFolder folder = new();
        string hash = await DigestPeer.HashAsync(folder, "MD5", $"alice:127.0.0.1:{DigestPeer.Password}");
        folder.Write("users.txt", $"alice:127.0.0.1:MD5:{hash}\n");
        return folder;
    }

    private static string Yaml(int carrier, string mode) =>
        $$"""
            listen: [ "udp:127.0.0.1:0", "tcp:127.0.0.1:0" ]
            trunks:
              - { name: carrier, from: "127.0.0.1:{{carrier.ToString(CultureInfo.InvariantCulture)}}", mode: {{mode}} }
              - { name: phones, from: 127.0.0.1, authenticate: users }
            registrar: { domains: [ 127.0.0.1 ], users: users.txt, algorithms: MD5 }
            routes: [ { match: "*", to: registered } ]
            policy: [ { then: progress } ]
            """;

    private static SipNode Carrier() =>
        SipNode.Open(
            new SipNodeOptions
            {
                Transport = new SipTransportOptions
                {
                    Listen = [new ListenAddress(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 0))],
                    Lanes = 1,
                },
            }
        );

    private static int PortOf(SipNode node) => node.Listening[0].EndPoint.Port;

    private static DialedCall Dial(SipNode from, int port) =>
        from.Dial("sip:caller@carrier.example", $"sip:alice@127.0.0.1:{port}", AnsweringCallee.Sdp);
}
