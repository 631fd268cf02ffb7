using System.Diagnostics.Metrics;
using Ringfence.Sip.Observe;
using Ringfence.Sip.Tests.Transport;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Observe;

public class WireTapTests : MemoryPair
{
    [Fact]
    public void Without_taps_nothing_stands_in_the_way()
    {
        (_, MemoryNode alice, _) = Build();

        WireTap.On(alice.Wire, alice.Lane, []).ShouldBeSameAs(alice.Wire);
        WireTap.On(AliceSink, alice.Wire, alice.Lane, []).ShouldBeSameAs(AliceSink);
    }

    [Fact]
    public void A_tap_sees_what_leaves_and_what_comes_and_both_go_on()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();
        var tap = new SeenMessages();
        IWire wire = WireTap.On(alice.Wire, alice.Lane, [tap]);
        alice.Attach(WireTap.On(AliceSink, alice.Wire, alice.Lane, [tap]));

        wire.Send(bob.Local, Sample.Request()).ShouldBe(SendOutcome.Sent);
        bob.Wire.Send(alice.Local, Sample.Response());
        network.Run(TimeSpan.FromSeconds(1));

        tap.Seen.ShouldBe(["out 192.0.2.1 192.0.2.2 INVITE", "in 192.0.2.1 192.0.2.2 SIP/2."]);
        BobSink.Count.ShouldBe(1);
        AliceSink.Count.ShouldBe(1);
    }

    [Fact]
    public void Messages_are_counted_by_direction_and_method_or_status()
    {
        using var meters = new SipMeters();
        using var listener = new MeterListener();
        var counted = new List<string>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Ringfence.Sip" && instrument.Name == "sip.messages")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (_, value, tags, _) => counted.Add($"{value} {tags[0].Value} {tags[1].Key} {tags[1].Value}")
        );
        listener.Start();

        TapSample.Show(meters.Messages, Sample.Request());
        TapSample.Show(meters.Messages, Sample.Request("FROBNICATE"));
        TapSample.Show(meters.Messages, Sample.Response(607), isIncoming: false);
        TapSample.Show(meters.Messages, "SIP/2.0 9999999999 OK"u8.ToArray(), isIncoming: false);

        counted.ShouldBe(["1 in method INVITE", "1 in method other", "1 out status 607", "1 out status 0"]);
    }

    [Fact]
    public async Task A_transport_shows_its_lanes_and_connections()
    {
        using var meters = new SipMeters();
        await using var rig = new TransportRig();
        meters.Observe(rig.Transport);
        meters.Observe("sip.calls", "{call}", "Calls that stand.", () => 3);
        using var listener = new MeterListener();
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        listener.InstrumentPublished = (instrument, self) => self.EnableMeasurementEvents(instrument);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[instrument.Name] = value);
        using StreamClient client = StreamClient.Connect(rig.Tcp);
        rig.Await(counters => counters.ConnectionsOpen, 1);
        rig.OnLane(wire => wire.TryLocal(default, out _));

        listener.Start();
        listener.RecordObservableInstruments();

        seen["sip.connections"].ShouldBe(1);
        seen["sip.calls"].ShouldBe(3);
        seen["sip.lane.timers"].ShouldBe(0);
        seen.Keys.ShouldContain("sip.lane.queue");
        seen.Keys.ShouldContain("sip.tls.refused");
    }

    private sealed class SeenMessages : IMessageTap
    {
        public List<string> Seen { get; } = [];

        public void OnMessage(in TappedMessage message) =>
            Seen.Add(
                $"{(message.IsIncoming ? "in" : "out")} {message.Local.ToIPAddress()} {message.Remote.ToIPAddress()} "
                    + System.Text.Encoding.ASCII.GetString(message.Bytes[..6])
            );
    }
}
