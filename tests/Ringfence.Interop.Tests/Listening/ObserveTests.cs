using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Interop.Tests.Listening;

/// <summary>What the edge shows of itself: a copy to a HEP collector, a capture file a call that tshark reads, and counts.</summary>
public sealed class ObserveTests
{
    [Fact]
    public async Task A_call_is_copied_to_the_collector_and_to_a_capture_that_tshark_reads_and_counted()
    {
        ForeignProgram.Need("tshark", "tshark");
        using TestFolder folder = new();
        using Socket collector = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        collector.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        ConcurrentDictionary<string, long> counts = new(StringComparer.Ordinal);
        using MeterListener listener = Listen(counts);
        string yaml = $$"""
            listen: [ "udp:127.0.0.1:0" ]
            observe:
              hep: { to: "127.0.0.1:{{((IPEndPoint)collector.LocalEndPoint!).Port}}", id: 7, key: open }
              pcap: { folder: captures, per: call }
            trunks: [ { name: callers, from: 127.0.0.1 } ]
            routes: [ { match: "+33*", to: "sip:127.0.0.1:9" } ]
            policy: [ { then: progress } ]
            """;
        await using (HostedEdge edge = HostedEdge.Start(folder, yaml))
        {
            await CallAsync(edge.PortOf(TransportKind.Udp));
            listener.RecordObservableInstruments();
        }

        using ForeignProgram tshark = ForeignProgram.Start(
            "tshark",
            folder.Path,
            "-r",
            Directory.GetFiles(folder.File("captures")).Single(),
            "-T",
            "fields",
            "-e",
            "sip.Request-Line",
            "-e",
            "sip.Status-Line"
        );
        (await tshark.EndAsync(TimeSpan.FromSeconds(60))).ShouldBe(0, tshark.Output);
        tshark.Output.ShouldContain("INVITE sip:+4930@127.0.0.1");
        tshark.Output.ShouldContain("SIP/2.0 404 Not Found");
        string[] copies = Copies(collector);
        copies.ShouldContain(copy => copy.Contains("INVITE sip:+4930@127.0.0.1", StringComparison.Ordinal));
        copies.ShouldContain(copy => copy.Contains("SIP/2.0 404 Not Found", StringComparison.Ordinal));
        copies.ShouldAllBe(copy => copy.StartsWith("HEP3", StringComparison.Ordinal));
        counts["sip.messages in INVITE"].ShouldBeGreaterThanOrEqualTo(1);
        counts["sip.messages out 404"].ShouldBeGreaterThanOrEqualTo(1);
        counts.Keys.ShouldContain("sip.retransmissions");
        counts.Keys.ShouldContain("sip.transactions");
        counts.Keys.ShouldContain("sip.calls");
        counts.Keys.ShouldContain(name => name.StartsWith("sip.lane.queue", StringComparison.Ordinal));
        counts.Keys.ShouldContain(name => name.StartsWith("sip.lane.timers", StringComparison.Ordinal));
    }

    private static MeterListener Listen(ConcurrentDictionary<string, long> counts)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Ringfence.Sip")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        void Count(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = new StringBuilder(instrument.Name);
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                name.Append(' ').Append(tag.Value);
            }

            counts.AddOrUpdate(name.ToString(), value, (_, sum) => sum + value);
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.Start();
        return listener;
    }

    private static async Task CallAsync(int port)
    {
        await using SipNode caller = SipNode.Open(
            new SipNodeOptions
            {
                Transport = new SipTransportOptions
                {
                    Listen = [new ListenAddress(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 0))],
                    Lanes = 1,
                },
            }
        );
        DialedCall call = caller.Dial("sip:a@carrier.example", $"sip:+4930@127.0.0.1:{port}", Body.None);
        (
            await call.Final.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)
        ).StatusCode.ShouldBe(404);
    }

    private static string[] Copies(Socket collector)
    {
        List<string> copies = [];
        byte[] buffer = new byte[65_535];
        while (collector.Poll(200_000, SelectMode.SelectRead))
        {
            copies.Add(Encoding.Latin1.GetString(buffer, 0, collector.Receive(buffer)));
        }

        return [.. copies];
    }
}
