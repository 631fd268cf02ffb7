using Ringfence.Interop.Tests.Peers;
using Ringfence.Sip.Transport;

namespace Ringfence.Interop.Tests.Listening;

/// <summary>What <c>openssl s_client</c> sees of the edge's TLS: whose certificate, who is let in, and a certificate that is renewed.</summary>
public sealed class TlsListenerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private const string Configuration = """
        listen: [ "udp:127.0.0.1:0", "tls:127.0.0.1:0" ]
        tls: { certificate: edge.pem, key: edge.key, roots: ca.pem }
        trunks: [ { name: carrier-a, certificate: carrier-a.example } ]
        routes: [ { match: "+33*", to: "sip:127.0.0.1:9" } ]
        policy: [ { then: progress } ]
        """;

    [Fact]
    public async Task A_client_verifies_the_edge_and_is_answered()
    {
        using TestFolder folder = await FolderAsync();
        await using HostedEdge edge = HostedEdge.Start(folder, Configuration);
        using ForeignProgram client = OpenSsl.Client(folder, edge.PortOf(TransportKind.Tls), "edge.example");

        await client.SaysAsync("Verify return code: 0 (ok)", Soon);
        Send(client, "OPTIONS", "sip:edge.example", 1);
        await client.SaysAsync("SIP/2.0 200 OK", Soon);
    }

    /// <summary>RFC 5922 §7.4: the certificate says who it is, not the address.</summary>
    [Fact]
    public async Task A_trunk_is_known_by_the_name_in_its_certificate()
    {
        using TestFolder folder = await FolderAsync();
        await OpenSsl.IssueAsync(folder, "carrier", "DNS:carrier-a.example");
        await OpenSsl.IssueAsync(folder, "other", "DNS:other.example");
        await using HostedEdge edge = HostedEdge.Start(folder, Configuration);
        int port = edge.PortOf(TransportKind.Tls);

        using ForeignProgram carrier = OpenSsl.Client(
            folder,
            port,
            "edge.example",
            "-cert",
            "carrier.pem",
            "-key",
            "carrier.key"
        );
        await carrier.SaysAsync("Verify return code: 0 (ok)", Soon);
        Send(carrier, "INVITE", "sip:+49301234@edge.example", 1);
        await carrier.SaysAsync("SIP/2.0 404 Not Found", Soon);

        using ForeignProgram nobody = OpenSsl.Client(folder, port, "edge.example");
        await nobody.SaysAsync("Verify return code: 0 (ok)", Soon);
        Send(nobody, "INVITE", "sip:+49301234@edge.example", 2);
        await nobody.SaysAsync("SIP/2.0 403 Forbidden", Soon);

        using ForeignProgram other = OpenSsl.Client(
            folder,
            port,
            "edge.example",
            "-cert",
            "other.pem",
            "-key",
            "other.key"
        );
        Send(other, "INVITE", "sip:+49301234@edge.example", 3);
        await other.EndAsync(Soon);
        other.Output.ShouldNotContain("SIP/2.0");
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_to_the_next_who_connects()
    {
        using TestFolder folder = await FolderAsync();
        await using HostedEdge edge = HostedEdge.Start(folder, Configuration);
        int port = edge.PortOf(TransportKind.Tls);
        using ForeignProgram before = OpenSsl.Client(folder, port, "edge.example");
        await before.SaysAsync("Verify return code: 0 (ok)", Soon);

        await OpenSsl.IssueAsync(folder, "edge", "DNS:renewed.example");

        using ForeignProgram after = OpenSsl.Client(folder, port, "renewed.example");
        await after.SaysAsync("Verify return code: 0 (ok)", Soon);
        Send(before, "OPTIONS", "sip:edge.example", 1);
        await before.SaysAsync("SIP/2.0 200 OK", Soon);
    }

    private static async Task<TestFolder> FolderAsync()
    {
        OpenSsl.Need();
        TestFolder folder = new();
        await OpenSsl.AuthorityAsync(folder);
        await OpenSsl.IssueAsync(folder, "edge", "DNS:edge.example");
        return folder;
    }

    private static void Send(ForeignProgram client, string method, string uri, int number) =>
        client.Type(
            $"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:5061;branch=z9hG4bK{method}{number};rport\r\nMax-Forwards: 70\r\n"
                + $"From: <sip:probe@carrier-a.example>;tag=1\r\nTo: <{uri}>\r\nCall-ID: tls-{method}-{number}\r\nCSeq: 1 {method}\r\n"
                + "Contact: <sip:probe@127.0.0.1:5061;transport=tls>\r\nContent-Length: 0\r\n\r"
        );
}
