using System.Net;
using Ringfence.Media.Rtp;
using Ringfence.Media.Srtp;

namespace Ringfence.Media.Tests.Relay;

/// <summary>A telephone: sends packets to the relay and keeps what comes from it.</summary>
internal sealed class RelayPeer(IPEndPoint relay, uint ssrc, byte payloadType) : IDisposable
{
    private readonly RtpSocket _socket = RtpSocket.Open(new IPEndPoint(IPAddress.Loopback, 0))!;
    private readonly SocketAddress _relay = relay.Serialize();
    private readonly byte[] _buffer = new byte[2048];
    private ushort _sequence = 1000;

    public IPEndPoint LocalEndPoint => _socket.LocalEndPoint;

    public List<(RtpHeader Header, byte[] Payload)> Received { get; } = [];

    public List<byte[]> Datagrams { get; } = [];

    public SrtpContext? Protection { get; set; }

    public uint Timestamp { get; private set; } = 5000;

    public byte Octet { get; set; } = 0x2A;

    public void Send()
    {
        var payload = new byte[160];
        Array.Fill(payload, Octet);
        // A steady level is no sound; every other octet with the other sign is.
        for (var i = 1; i < payload.Length; i += 2)
        {
            payload[i] ^= 0x80;
        }
        payload[5] = Octet;
        SendRaw(payloadType, false, Timestamp, payload);
        Timestamp += 160;
    }

    public void SendRaw(byte type, bool marker, uint timestamp, byte[] payload, ushort? sequence = null)
    {
        var datagram = new byte[RtpPacket.HeaderLength + payload.Length];
        RtpPacket.WriteHeader(datagram, new RtpHeader(type, marker, sequence ?? _sequence++, timestamp, ssrc));
        payload.CopyTo(datagram.AsSpan(RtpPacket.HeaderLength));
        if (Protection is not null)
        {
            var length = datagram.Length;
            Array.Resize(ref datagram, length + Protection.Overhead);
            Protection.Protect(datagram, length);
        }
        _socket.Send(datagram, _relay).ShouldBeTrue();
    }

    public void SendDatagram(byte[] datagram) => _socket.Send(datagram, _relay).ShouldBeTrue();

    public void Pause(int milliseconds) => Timestamp += (uint)milliseconds * 8;

    public void Drain()
    {
        while (_socket.Receive(_buffer) is >= 0 and var length)
        {
            Datagrams.Add(_buffer[..length]);
            if (_buffer[1] is >= 192 and <= 223)
            {
                continue;
            }
            RtpPacket.Read(_buffer.AsSpan(0, length), out var packet).ShouldBe(RtpFault.None);
            Received.Add((packet.Header, packet.Payload.ToArray()));
        }
    }

    public void Dispose() => _socket.Dispose();
}
