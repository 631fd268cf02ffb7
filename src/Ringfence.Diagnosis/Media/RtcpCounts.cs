using System.Buffers.Binary;
using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Media;

/// <summary>The RTCP reports of a trace (RFC 3550 §6.4): of each source, the worst that its receiver reported.</summary>
public sealed class RtcpCounts
{
    private const int MaxSources = 100_000;
    private const byte SenderReport = 200;
    private const byte ReceiverReport = 201;
    private readonly Dictionary<uint, RtcpReport> _reports = [];

    /// <summary>Compound packets seen.</summary>
    public long Packets { get; private set; }

    /// <summary>Where compound packets went.</summary>
    internal HashSet<PacketAddress> Destinations { get; } = [];

    /// <summary>What receivers reported of each source.</summary>
    public IReadOnlyDictionary<uint, RtcpReport> Reports => _reports;

    internal void Take(in CapturedPacket packet)
    {
        Packets++;
        if (Destinations.Count < MaxSources)
        {
            Destinations.Add(packet.Destination);
        }

        var rest = packet.Payload;
        while (rest.Length >= 8 && rest[0] >> 6 == 2)
        {
            var length = 4 * (1 + BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
            var one = rest[..Math.Min(length, rest.Length)];
            var blocks = one[1] switch
            {
                SenderReport when one.Length >= 28 => one[28..],
                ReceiverReport => one[8..],
                _ => default,
            };
            for (var count = one[0] & 0x1F; count > 0 && blocks.Length >= 24; count--)
            {
                TakeBlock(blocks, packet.Frame);
                blocks = blocks[24..];
            }

            rest = rest[one.Length..];
        }
    }

    private void TakeBlock(ReadOnlySpan<byte> block, long frame)
    {
        var source = BinaryPrimitives.ReadUInt32BigEndian(block);
        if (_reports.Count >= MaxSources && !_reports.ContainsKey(source))
        {
            return;
        }

        var fraction = block[4] / 256.0;
        var before = _reports.GetValueOrDefault(source);
        _reports[source] = new RtcpReport(
            before.Count + 1,
            Math.Max(before.HighestLoss, fraction),
            (BinaryPrimitives.ReadInt32BigEndian(block[4..]) << 8) >> 8,
            Math.Max(before.HighestJitter, BinaryPrimitives.ReadUInt32BigEndian(block[12..])),
            frame
        );
    }
}
