using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Diagnosis.Live;
using Ringfence.Watching;

namespace Ringfence.Tests;

/// <summary>Capture agents that connect: what they may send, and what they may not make of it.</summary>
public sealed class HepListenerTests
{
    private static readonly byte[][] Packets = [.. RefusedCall.Messages(5060).Select(RefusedCall.InHep)];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10_000)]
    public async Task Packets_are_cut_by_their_length_however_they_come(int size)
    {
        using HepSource source = Open(HepTransport.Tcp, null, out int port);
        using TcpClient agent = await ConnectAsync(port);
        foreach (byte[] part in Packets.SelectMany(packet => packet).Chunk(size))
        {
            await agent.GetStream().WriteAsync(part, TestContext.Current.CancellationToken);
        }

        Take(source, 3).ShouldBe(3);
        source.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task Over_tls_the_same_is_read()
    {
        using X509Certificate2 certificate = Certificate();
        using HepSource source = Open(HepTransport.Tls, certificate, out int port);
        using TcpClient agent = await ConnectAsync(port);
        await using SslStream secure = new(
            agent.GetStream(),
            false,
            (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString()
        );
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "edge" },
            TestContext.Current.CancellationToken
        );
        await secure.WriteAsync(Packets.SelectMany(packet => packet).ToArray(), TestContext.Current.CancellationToken);

        Take(source, 3).ShouldBe(3);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("HEP3\0\u0003")]
    [InlineData("HEPX")]
    public async Task Whoever_sends_no_hep_is_hung_up_on(string text)
    {
        using HepSource source = Open(HepTransport.Tcp, null, out int port);
        using TcpClient stranger = await ConnectAsync(port);
        await stranger
            .GetStream()
            .WriteAsync(System.Text.Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
        (await IsHungUpOnAsync(stranger)).ShouldBeTrue();

        using TcpClient agent = await ConnectAsync(port);
        await agent.GetStream().WriteAsync(Packets[0], TestContext.Current.CancellationToken);
        Take(source, 1).ShouldBe(1, "others are not touched by it");
        source.Dropped.ShouldBe(1);
    }

    [Fact]
    public async Task Of_too_many_agents_the_one_that_has_been_silent_for_longest_has_to_go()
    {
        using HepSource source = Open(HepTransport.Tcp, null, out int port);
        using TcpClient silent = await ConnectAsync(port);
        List<TcpClient> others = [];
        for (int i = 0; i < 64; i++)
        {
            TcpClient other = await ConnectAsync(port);
            others.Add(other);
            await other.GetStream().WriteAsync(Packets[0], TestContext.Current.CancellationToken);
            Take(source, 1).ShouldBe(1);
        }

        (await IsHungUpOnAsync(silent)).ShouldBeTrue();
        await others[0].GetStream().WriteAsync(Packets[0], TestContext.Current.CancellationToken);
        Take(source, 1).ShouldBe(1, "the others are still there");
        others.ForEach(other => other.Dispose());
    }

    [Theory]
    [InlineData("127.0.0.1:9060", "Any 127.0.0.1:9060")]
    [InlineData("udp:127.0.0.1:9060", "Udp 127.0.0.1:9060")]
    [InlineData("TCP:[::1]:9060", "Tcp [::1]:9060")]
    [InlineData("tls:0.0.0.0:9061", "Tls 0.0.0.0:9061")]
    [InlineData("sctp:127.0.0.1:9060", "")]
    [InlineData("127.0.0.1", "")]
    public void An_address_names_its_transport(string text, string expected)
    {
        HepAddress.TryParse(text, out HepAddress? address).ShouldBe(expected.Length > 0);
        (address is null ? "" : $"{address.Transport} {address.EndPoint}").ShouldBe(expected);
    }

    [Fact]
    public async Task Tls_needs_a_certificate()
    {
        CommandResult result = await Command.RunAsync("watch", "--hep", "tls:127.0.0.1:9061");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("--hep-certificate");
    }

    private static HepSource Open(HepTransport transport, X509Certificate2? certificate, out int port)
    {
        HepAddress address = new(transport, new IPEndPoint(IPAddress.Loopback, 0));
        HepSource source = HepSource.Open([address], certificate, out string problem).ShouldNotBeNull(problem);
        port = IPEndPoint.Parse(source.Name[(source.Name.IndexOf(':', StringComparison.Ordinal) + 1)..]).Port;
        return source;
    }

    private static async Task<TcpClient> ConnectAsync(int port)
    {
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return client;
    }

    // Each Read waits a fifth of a second at most.
    private static long Take(HepSource source, int packets)
    {
        using LiveDecoder decoder = new(new LiveCalls());
        for (int i = 0; i < 100 && decoder.Frames < packets; i++)
        {
            source.Read(decoder);
        }

        return decoder.Frames;
    }

    private static async Task<bool> IsHungUpOnAsync(TcpClient client)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], deadline.Token) == 0;
        }
        catch (IOException e)
            when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return true;
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=edge", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
