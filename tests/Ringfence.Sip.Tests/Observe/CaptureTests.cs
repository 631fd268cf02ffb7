using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Ringfence.Sip.Observe;
using Ringfence.Sip.Tests.Transport;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Observe;

/// <summary>Capture files, read by tshark, and HEP packets, chunk by chunk.</summary>
public sealed class CaptureTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-pcap");

    [Theory]
    [InlineData(TransportKind.Udp, "192.0.2.1:5060", "198.51.100.7:5062")]
    [InlineData(TransportKind.Tcp, "192.0.2.1:5060", "198.51.100.7:5062")]
    [InlineData(TransportKind.Tls, "192.0.2.1:5061", "198.51.100.7:50062")]
    [InlineData(TransportKind.Wss, "192.0.2.1:443", "198.51.100.7:50062")]
    [InlineData(TransportKind.Udp, "[2001:db8::1]:5060", "[2001:db8::2]:5062")]
    [InlineData(TransportKind.Tcp, "[2001:db8::1]:5060", "[2001:db8::2]:5062")]
    public async Task Tshark_reads_every_message_with_sound_checksums(TransportKind kind, string local, string remote)
    {
        using (var ring = new PcapRing(Path.Combine(_folder.FullName, "all")))
        {
            TapSample.Show(ring, Sample.Request(), kind, true, local, remote);
            TapSample.Show(ring, Sample.Response(180), kind, false, local, remote);
            TapSample.Show(ring, Sample.Response(607), kind, false, local, remote);
            TapSample.Show(ring, Sample.Request("ACK", body: new string('x', 31_001)), kind, true, local, remote);
        }

        string[] lines = await ReadAsync("all.0.pcap", kind);

        lines.Length.ShouldBe(4);
        lines[0].ShouldBe($"INVITE {Bare(remote)} {Bare(local)} 1772368215.250000000");
        lines[1].ShouldBe($"180 {Bare(local)} {Bare(remote)} 1772368215.250000000");
        lines[2].ShouldStartWith("607 ");
        lines[3].ShouldStartWith("ACK ");
    }

    [Fact]
    public async Task A_message_of_64_kB_is_joined_again()
    {
        using (var ring = new PcapRing(Path.Combine(_folder.FullName, "large")))
        {
            TapSample.Show(ring, Sample.Request(body: new string('x', 65_000)), TransportKind.Tcp);
            TapSample.Show(ring, Sample.Response(413), TransportKind.Tcp, isIncoming: false);
        }

        string[] lines = await ReadAsync("large.0.pcap", TransportKind.Tcp);

        lines.Count(line => line.StartsWith("INVITE ", StringComparison.Ordinal)).ShouldBe(1);
        lines[^1].ShouldStartWith("413 ");
    }

    [Fact]
    public async Task A_full_file_is_followed_by_the_next_and_the_oldest_is_written_over()
    {
        using (var ring = new PcapRing(Path.Combine(_folder.FullName, "ring"), size: 1, files: 3))
        {
            for (int i = 0; i < 10; i++)
            {
                TapSample.Show(ring, Sample.Response(400 + i));
            }
        }

        _folder.GetFiles().Select(file => file.Name).Order().ShouldBe(["ring.0.pcap", "ring.1.pcap", "ring.2.pcap"]);
        (await ReadAsync("ring.0.pcap")).ShouldHaveSingleItem().ShouldStartWith("409 ");
        (await ReadAsync("ring.1.pcap")).ShouldHaveSingleItem().ShouldStartWith("407 ");
    }

    [Fact]
    public async Task Each_call_has_its_file_whatever_its_Call_ID_and_the_oldest_goes()
    {
        using (var calls = new PcapCalls(_folder.FullName, files: 2))
        {
            TapSample.Show(calls, Sample.Request(callId: "first"));
            TapSample.Show(calls, Sample.Request(callId: "../../../etc/passwd"));
            TapSample.Show(calls, Sample.Response(200, "../../../etc/passwd"), isIncoming: false);
            TapSample.Show(calls, Sample.Request(callId: "third"));
        }

        FileInfo[] files = _folder.GetFiles();
        files.Length.ShouldBe(2);
        files.ShouldAllBe(file => file.Name.StartsWith("20260301T123015-", StringComparison.Ordinal));
        int[] counts = [(await ReadAsync(files[0].Name)).Length, (await ReadAsync(files[1].Name)).Length];
        counts.Order().ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData(TransportKind.Udp, "192.0.2.1:5060", "198.51.100.7:5062")]
    [InlineData(TransportKind.Wss, "[2001:db8::1]:443", "[2001:db8::2]:50062")]
    public void A_collector_gets_each_message_in_chunks(TransportKind kind, string local, string remote)
    {
        using UdpClient collector = TransportRig.UdpClient();
        byte[] message = Sample.Request(callId: "hep-call");
        using (var sender = new HepSender((IPEndPoint)collector.Client.LocalEndPoint!, agent: 2001, key: "secret"))
        {
            TapSample.Show(sender, message, kind, isIncoming: true, local, remote);
        }

        IPEndPoint? from = null;
        byte[] packet = collector.Receive(ref from);
        Dictionary<int, byte[]> chunks = Chunks(packet);

        IPEndPoint source = IPEndPoint.Parse(remote);
        IPEndPoint destination = IPEndPoint.Parse(local);
        bool isIPv4 = source.AddressFamily == AddressFamily.InterNetwork;
        chunks[1].ShouldBe([(byte)(isIPv4 ? 2 : 10)]);
        chunks[2].ShouldBe([(byte)(kind == TransportKind.Udp ? 17 : 6)]);
        chunks[isIPv4 ? 3 : 5].ShouldBe(source.Address.GetAddressBytes());
        chunks[isIPv4 ? 4 : 6].ShouldBe(destination.Address.GetAddressBytes());
        BinaryPrimitives.ReadUInt16BigEndian(chunks[7]).ShouldBe((ushort)source.Port);
        BinaryPrimitives.ReadUInt16BigEndian(chunks[8]).ShouldBe((ushort)destination.Port);
        BinaryPrimitives.ReadUInt32BigEndian(chunks[9]).ShouldBe((uint)TapSample.Time.ToUnixTimeSeconds());
        BinaryPrimitives.ReadUInt32BigEndian(chunks[10]).ShouldBe(250_000u);
        chunks[11].ShouldBe([1]);
        BinaryPrimitives.ReadUInt32BigEndian(chunks[12]).ShouldBe(2001u);
        chunks[14].ShouldBe("secret"u8.ToArray());
        chunks[15].ShouldBe(message);
        chunks[17].ShouldBe("hep-call"u8.ToArray());
        chunks.Count.ShouldBe(13);
    }

    [Fact]
    public void What_the_queue_has_no_room_for_is_dropped_and_counted()
    {
        using var held = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        using var queue = new TapQueue(
            "held",
            2,
            _ =>
            {
                begun.Set();
                held.Wait(RecordingSink.Deadline, TestContext.Current.CancellationToken);
            }
        );
        var message = new TappedMessage
        {
            IsIncoming = true,
            Local = default,
            Remote = default,
            Time = TapSample.Time,
            Bytes = Sample.Request(),
        };

        queue.Add(message);
        begun.Wait(RecordingSink.Deadline, TestContext.Current.CancellationToken).ShouldBeTrue();
        for (int i = 0; i < 5; i++)
        {
            queue.Add(message);
        }

        queue.Dropped.ShouldBe(3);
        held.Set();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // As the lines below have it: without brackets.
    private static string Bare(string endPoint) => endPoint.Replace("[", "").Replace("]", "");

    private static Dictionary<int, byte[]> Chunks(byte[] packet)
    {
        packet.AsSpan(0, 4).ToArray().ShouldBe("HEP3"u8.ToArray());
        BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(4)).ShouldBe((ushort)packet.Length);
        var chunks = new Dictionary<int, byte[]>();
        for (int at = 6; at < packet.Length; )
        {
            BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(at)).ShouldBe((ushort)0, "vendor");
            int length = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(at + 4));
            chunks.Add(BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(at + 2)), packet[(at + 6)..(at + length)]);
            at += length;
        }

        return chunks;
    }

    /// <summary>A line a message: method or status, ends, time; a checksum that does not hold, or a malformed packet, fails here.</summary>
    private async Task<string[]> ReadAsync(string file, TransportKind kind = TransportKind.Udp)
    {
        Program.SkipWithout("tshark");
        string transport = kind == TransportKind.Udp ? "udp" : "tcp";
        string[] fields =
        [
            "sip.Method",
            "sip.Status-Code",
            "ip.src",
            "ipv6.src",
            "ip.dst",
            "ipv6.dst",
            $"{transport}.srcport",
            $"{transport}.dstport",
            "frame.time_epoch",
            $"{transport}.checksum.status",
            "ip.checksum.status",
            "_ws.malformed",
        ];
        string output = await Program.RunAsync(
            "tshark",
            [
                "-r",
                Path.Combine(_folder.FullName, file),
                "-o",
                $"{transport}.check_checksum:TRUE",
                "-o",
                "ip.check_checksum:TRUE",
                .. fields.SelectMany(field => (string[])["-e", field]),
                "-Y",
                "sip",
                "-T",
                "fields",
                "-E",
                "separator=|",
            ]
        );
        string[][] rows =
        [
            .. output.Split('\n').Select(line => line.Trim().Split('|')).Where(row => row.Length == fields.Length),
        ];
        // 1 is "good" of tshark's checksum states.
        rows.ShouldAllBe(row => row[9] == "1" && (row[10] == "1" || row[3].Length > 0) && row[11].Length == 0);
        return
        [
            .. rows.Select(row => $"{row[0]}{row[1]} {row[2]}{row[3]}:{row[6]} {row[4]}{row[5]}:{row[7]} {row[8]}"),
        ];
    }
}
