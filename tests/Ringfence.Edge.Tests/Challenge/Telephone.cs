using System.Net;
using Ringfence.Media.Codecs;
using Ringfence.Media.Dtmf;
using Ringfence.Media.Rtp;

namespace Ringfence.Edge.Tests.Challenge;

/// <summary>The caller's RTP: a real socket on loopback that keeps what it hears and sends digits.</summary>
internal sealed class Telephone(AudioFormat format) : IDisposable
{
    private const string Keys = "123A456B789C*0#D";
    private const byte EventType = 101;
    private static readonly double[] Low = [697, 770, 852, 941];
    private static readonly double[] High = [1209, 1336, 1477, 1633];

    private readonly RtpSocket _socket = RtpSocket.Open(new IPEndPoint(IPAddress.Loopback, 0))!;
    private readonly IAudioCodec _codec = AudioCodecs.Create(format)!;
    private readonly RtpSender _sender = new(new Random(5));
    private readonly Random _loss = new(12);
    private readonly byte[] _buffer = new byte[2048];
    private readonly Queue<byte[]> _toSend = new();

    public int Port => _socket.LocalEndPoint.Port;

    public byte PayloadType => format == AudioFormat.Pcmu ? (byte)0 : (byte)8;

    /// <summary>Where the edge receives, once its SDP has said so.</summary>
    public SocketAddress? Edge { get; set; }

    /// <summary>Share of the packets that are lost on their way to the edge.</summary>
    public double Loss { get; init; }

    public List<RtpHeader> Headers { get; } = [];

    public List<short> Heard { get; } = [];

    public bool IsSending => _toSend.Count > 0;

    /// <summary>Whether these samples, coded as here, are in what was heard from a place on.</summary>
    public int Find(ReadOnlySpan<short> samples, int from)
    {
        var coded = new byte[samples.Length];
        var decoded = new short[samples.Length];
        _codec.Encode(samples, coded);
        _codec.Decode(coded, decoded);
        int at = Heard.ToArray().AsSpan(from).IndexOf(decoded);
        return at < 0 ? -1 : from + at;
    }

    /// <summary>Queues a digit as events: 80 ms, the end three times.</summary>
    public void PressEvent(char digit)
    {
        var events = new TelephoneEventSender(_sender, EventType, 160);
        events.Start(digit, 640);
        while (events.IsSending)
        {
            var datagram = new byte[TelephoneEventSender.PacketLength];
            events.Write(datagram);
            _toSend.Enqueue(datagram);
        }
    }

    /// <summary>Queues a digit as tones that are −20 dBm0 together, for 200 ms, and silence after it.</summary>
    public void PressTone(char digit)
    {
        int key = Keys.IndexOf(digit);
        double amplitude = Level.AmplitudeOf(-23);
        for (int packet = 0; packet < 15; packet++)
        {
            var samples = new short[160];
            for (int i = 0; i < 160 && packet < 10; i++)
            {
                double angle = 2 * Math.PI * (packet * 160 + i) / 8000;
                samples[i] = (short)(amplitude * (Math.Sin(angle * Low[key / 4]) + Math.Sin(angle * High[key % 4])));
            }

            var datagram = new byte[RtpPacket.HeaderLength + 160];
            _codec.Encode(samples, datagram.AsSpan(RtpPacket.HeaderLength));
            _sender.WriteAudio(datagram, PayloadType, 160, 160);
            _toSend.Enqueue(datagram);
        }
    }

    /// <summary>Queues speech, in packets of 20 ms, with silence after it.</summary>
    public void Say(ReadOnlySpan<short> samples)
    {
        for (int at = 0; at < samples.Length + 10_000; at += 160)
        {
            var frame = new short[160];
            samples[Math.Min(at, samples.Length)..Math.Min(at + 160, samples.Length)].CopyTo(frame);
            var datagram = new byte[RtpPacket.HeaderLength + 160];
            _codec.Encode(frame, datagram.AsSpan(RtpPacket.HeaderLength));
            _sender.WriteAudio(datagram, PayloadType, 160, 160);
            _toSend.Enqueue(datagram);
        }
    }

    /// <summary>One packet time: sends what is queued and takes what has come.</summary>
    public void Step()
    {
        if (Edge is { } edge && _toSend.TryDequeue(out byte[]? datagram) && _loss.NextDouble() >= Loss)
        {
            _socket.Send(datagram, edge).ShouldBeTrue();
        }

        var samples = new short[1000];
        while (_socket.Receive(_buffer) is >= 0 and int length)
        {
            RtpPacket.Read(_buffer.AsSpan(0, length), out RtpPacket packet).ShouldBe(RtpFault.None);
            Headers.Add(packet.Header);
            Heard.AddRange(samples[.._codec.Decode(packet.Payload, samples)]);
        }
    }

    /// <summary>One SSRC, no gap in sequence nor time.</summary>
    public void ShouldHaveHeardOneStream()
    {
        Headers.ShouldNotBeEmpty();
        Headers.Select(header => header.Ssrc).Distinct().ShouldHaveSingleItem();
        for (int i = 1; i < Headers.Count; i++)
        {
            Headers[i].Sequence.ShouldBe((ushort)(Headers[i - 1].Sequence + 1));
            Headers[i].Timestamp.ShouldBe(Headers[i - 1].Timestamp + 160);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _codec.Dispose();
    }
}
