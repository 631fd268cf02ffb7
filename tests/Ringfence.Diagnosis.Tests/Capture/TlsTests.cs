using System.Net.Security;
using System.Security.Authentication;
using Ringfence.Diagnosis.Capture;
using static Ringfence.Diagnosis.Tests.Capture.Packets;

namespace Ringfence.Diagnosis.Tests.Capture;

public sealed class TlsTests
{
    private static readonly byte[] Request = Message("INVITE sip:tls@example.org SIP/2.0", "v=0\r\n");
    private static readonly byte[] Response = Message("SIP/2.0 180 Ringing", "");

    public static TheoryData<SslProtocols, TlsCipherSuite> Suites() =>
        new()
        {
            { SslProtocols.Tls13, TlsCipherSuite.TLS_AES_128_GCM_SHA256 },
            { SslProtocols.Tls13, TlsCipherSuite.TLS_AES_256_GCM_SHA384 },
            { SslProtocols.Tls13, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256 },
            { SslProtocols.Tls13, TlsCipherSuite.TLS_AES_128_CCM_SHA256 },
            { SslProtocols.Tls13, TlsCipherSuite.TLS_AES_128_CCM_8_SHA256 },
            { SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 },
            { SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 },
            { SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 },
            { SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 },
            { SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384 },
            { SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA },
            { SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA },
        };

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Sip_over_tls_is_read_with_a_key_log(SslProtocols protocol, TlsCipherSuite suite)
    {
        var session = await TlsRecording.MakeAsync(protocol, suite, [Request, Request], [Response]);
        var sink = CollectingSink.Read(Pcap(1, session.Frames), new CaptureOptions { KeyLog = session.KeyLog });
        sink.Messages.Select(m => m.MethodOrStatus).Order(StringComparer.Ordinal).ShouldBe(["180", "INVITE", "INVITE"]);
        sink.Messages.ShouldAllBe(m => m.Transport == PacketTransport.Tls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keys_in_the_capture_may_stand_before_or_behind_the_packets(bool behind)
    {
        var session = await TlsRecording.MakeAsync(
            SslProtocols.Tls13,
            TlsCipherSuite.TLS_AES_128_GCM_SHA256,
            [Request],
            [Response]
        );
        var packets = Join([.. session.Frames.Select((frame, i) => EnhancedPacket(0, (ulong)i, frame))]);
        var secrets = Secrets(session.KeyLog);
        var file = behind
            ? Join(SectionHeader(), Interface(1), packets, secrets)
            : Join(SectionHeader(), secrets, Interface(1), packets);
        CollectingSink.Read(file).Messages.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_keys_the_session_is_counted_and_nothing_is_read()
    {
        var session = await TlsRecording.MakeAsync(
            SslProtocols.Tls13,
            TlsCipherSuite.TLS_AES_128_GCM_SHA256,
            [Request],
            [Response]
        );
        var sink = CollectingSink.Read(out var outcome, CaptureInput.Bytes("x", Pcap(1, session.Frames)));
        sink.Messages.ShouldBeEmpty();
        outcome.UndecryptedSessions.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Behind_a_lost_packet_the_records_open_again(SslProtocols protocol, TlsCipherSuite suite)
    {
        byte[][] requests = [.. Enumerable.Repeat(Request, 5)];
        var session = await TlsRecording.MakeAsync(protocol, suite, requests, []);
        var options = new CaptureOptions { KeyLog = session.KeyLog };
        foreach (var lost in Enumerable.Range(2, 4))
        {
            byte[][] kept = [.. session.Frames[..^lost], .. session.Frames[^(lost - 1)..]];
            CollectingSink.Read(Pcap(1, kept), options).Messages.Count.ShouldBe(4, $"{lost} from the end");
        }
    }

    [Fact]
    public async Task A_connection_that_began_before_the_capture_is_named_as_such()
    {
        var session = await TlsRecording.MakeAsync(
            SslProtocols.Tls12,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            [Request, Request],
            [Response]
        );
        var sink = new CollectingSink();
        var outcome = new CaptureReader(new CaptureOptions { KeyLog = session.KeyLog }).Read(
            [CaptureInput.Bytes("x", Pcap(1, session.Frames[^3..]))],
            sink,
            TestContext.Current.CancellationToken
        );
        sink.Messages.ShouldBeEmpty();
        (outcome.UndecryptedSessions, outcome.TlsWithoutBeginning).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Wrong_keys_open_nothing()
    {
        var session = await TlsRecording.MakeAsync(
            SslProtocols.Tls12,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
            [Request],
            [Response]
        );
        var wrong = session.KeyLog[..^3] + (session.KeyLog[^3] == '0' ? "1" : "0") + session.KeyLog[^2..];
        CollectingSink
            .Read(Pcap(1, session.Frames), new CaptureOptions { KeyLog = wrong.Trim() })
            .Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Damaged_records_and_keys_do_no_harm()
    {
        var session = await TlsRecording.MakeAsync(
            SslProtocols.Tls12,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
            [Request],
            [Response]
        );
        var random = new Random(5);
        var file = Pcap(1, session.Frames);
        for (var round = 0; round < 300; round++)
        {
            var damaged = (byte[])file.Clone();
            damaged[random.Next(60, damaged.Length)] ^= (byte)random.Next(1, 256);
            CollectingSink
                .Read(damaged, new CaptureOptions { KeyLog = session.KeyLog })
                .Messages.Count.ShouldBeLessThanOrEqualTo(2);
        }
    }
}
