using System.Buffers.Binary;
using System.Text;
using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Tests.Capture;

/// <summary>Keeps what a capture holds in forms that tests can compare.</summary>
internal sealed class CollectingSink : ICaptureSink
{
    public List<CollectedMessage> Messages { get; } = [];

    public Dictionary<string, int> RtpPackets { get; } = new(StringComparer.Ordinal);

    public List<(PacketAddress Source, PacketAddress Destination, byte[] Payload)> Datagrams { get; } = [];

    public List<(PacketAddress Source, PacketAddress Destination)> Unreachables { get; } = [];

    public void OnSip(in CapturedPacket packet) =>
        Messages.Add(
            new CollectedMessage(
                packet.Frame,
                packet.Time,
                packet.Source,
                packet.Destination,
                packet.Transport,
                packet.Truncated,
                Encoding.Latin1.GetString(packet.Payload)
            )
        );

    public void OnDatagram(in CapturedPacket packet)
    {
        if (Datagrams.Count < 20_000)
        {
            Datagrams.Add((packet.Source, packet.Destination, packet.Payload.ToArray()));
        }

        // RFC 3550 §5.1: version 2; RFC 5761 §4: 64 to 95 with the marker off are RTCP.
        var payload = packet.Payload;
        if (payload.Length >= 12 && payload[0] >> 6 == 2 && payload[1] is < 192 or > 223)
        {
            var ssrc = BinaryPrimitives.ReadUInt32BigEndian(payload[8..]);
            var key = $"{packet.Source} {packet.Destination} 0x{ssrc:X8}";
            RtpPackets[key] = RtpPackets.GetValueOrDefault(key) + 1;
        }
    }

    public void OnUnreachable(in CapturedPacket packet) => Unreachables.Add((packet.Source, packet.Destination));

    public static CollectingSink Read(out CaptureOutcome outcome, params CaptureInput[] inputs)
    {
        var sink = new CollectingSink();
        outcome = new CaptureReader().Read(inputs, sink, TestContext.Current.CancellationToken);
        return sink;
    }

    public static CollectingSink Read(byte[] bytes, CaptureOptions? options = null)
    {
        var sink = new CollectingSink();
        new CaptureReader(options).Read([CaptureInput.Bytes("test", bytes)], sink);
        return sink;
    }
}
