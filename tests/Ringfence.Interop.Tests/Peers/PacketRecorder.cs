using System.Net;
using System.Net.Sockets;
using Ringfence.Media.Codecs;
using Ringfence.Media.Hearing;
using Ringfence.Media.Rtp;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>The ear of a caller whose signalling somebody else does: a port that keeps every RTP packet that comes to it.</summary>
internal sealed class PacketRecorder : IDisposable
{
    private const int Units = 160;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly List<(RtpHeader Header, byte[] Payload)> _packets = [];

    internal PacketRecorder()
    {
        Port = FreePort.Next();
        _socket.ReceiveBufferSize = 1 << 20;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        new Thread(Receive) { IsBackground = true }.Start();
    }

    internal int Port { get; }

    /// <summary>What has come so far.</summary>
    internal (RtpHeader Header, byte[] Payload)[] Packets
    {
        get
        {
            lock (_packets)
            {
                return [.. _packets];
            }
        }
    }

    /// <summary>One SSRC, sequence without a gap, timestamps that neither overlap nor run back: nothing lost, nothing doubled.</summary>
    /// <param name="mayLose">Whether packets may have been lost before they came to the edge: then there may be gaps of time.</param>
    internal void ShouldBeOneStream(bool mayLose = false)
    {
        var packets = Packets;
        packets.Select(packet => packet.Header.Ssrc).Distinct().ShouldHaveSingleItem();
        for (int i = 1; i < packets.Length; i++)
        {
            (RtpHeader before, RtpHeader now) = (packets[i - 1].Header, packets[i].Header);
            now.PayloadType.ShouldBe((byte)0);
            now.Sequence.ShouldBe((ushort)(before.Sequence + 1), $"packet {i}");
            uint step = now.Timestamp - before.Timestamp;
            (step >= Units && step < 1u << 31).ShouldBeTrue($"packet {i}: timestamps {step} apart");
            (step == Units || now.Marker || mayLose).ShouldBeTrue($"packet {i}: a pause of {step} without a marker");
        }
    }

    /// <summary>
    /// The place of the first packet of what a callee played: from there on its packets came one after another, none missing and none
    /// twice, for so many.
    /// </summary>
    internal int Follows(byte[] played, int atLeast)
    {
        byte[][] slices = [.. played.Chunk(Units)];
        byte[][] heard = [.. Packets.Select(packet => packet.Payload)];
        int first = Array.FindIndex(heard, payload => payload.AsSpan().SequenceEqual(slices[0]));
        first.ShouldBeGreaterThanOrEqualTo(0, "nothing of it came");
        for (int i = 0; i < atLeast; i++)
        {
            (first + i).ShouldBeLessThan(heard.Length, $"{i} packets of it came");
            heard[first + i]
                .AsSpan()
                .SequenceEqual(slices[i % slices.Length])
                .ShouldBeTrue($"packet {i} is another one");
        }

        return first;
    }

    /// <summary>What a telephone plays of it: each packet where its timestamp says.</summary>
    /// <param name="from">The first packet.</param>
    /// <param name="to">The one after the last.</param>
    /// <param name="isJoined">One packet after another, whatever was between them: a busy machine leaves frames out.</param>
    internal IReadOnlyList<HeardSegment> Segments(int from = 0, int? to = null, bool isJoined = false)
    {
        var packets = Packets[from..(to ?? Packets.Length)];
        List<short> heard = [];
        short[] samples = new short[Units * 6];
        foreach ((RtpHeader header, byte[] payload) in packets)
        {
            int at = (int)(header.Timestamp - packets[0].Header.Timestamp);
            heard.AddRange(new short[isJoined ? 0 : Math.Max(0, at - heard.Count)]);
            heard.AddRange(samples[..G711Codec.Mu.Decode(payload, samples)]);
        }

        return Listener.Analyse(heard.ToArray(), 8_000);
    }

    /// <summary>Sends a datagram from this port to another one of this machine.</summary>
    internal void Send(ReadOnlySpan<byte> datagram, int port) =>
        _socket.SendTo(datagram, SocketFlags.None, new IPEndPoint(IPAddress.Loopback, port));

    public void Dispose() => _socket.Dispose();

    private void Receive()
    {
        byte[] buffer = new byte[2_048];
        try
        {
            while (true)
            {
                int length = _socket.Receive(buffer);
                if (RtpPacket.Read(buffer.AsSpan(0, length), out RtpPacket packet) == RtpFault.None)
                {
                    lock (_packets)
                    {
                        _packets.Add((packet.Header, packet.Payload.ToArray()));
                    }
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
