using System.Net;
using Ringfence.Media.Codecs;
using Ringfence.Media.Hearing;
using Ringfence.Media.Rtp;
using Ringfence.Media.Srtp;
using Ringfence.Media.Tones;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>The RTP of one party: a real socket on loopback that plays a tone and keeps every packet that it gets.</summary>
internal sealed class Handset : IDisposable
{
    private readonly RtpSocketPair _sockets;
    private readonly RtpSender _sender;
    private readonly byte[] _buffer = new byte[2048];
    private IAudioCodec _codec;
    private IAudioCodec _decoder;
    private ToneGenerator? _tone;

    internal Handset(AudioFormat format, byte payloadType, int seed)
    {
        var range = new RtpPortRange(IPAddress.Loopback, 33_000, 35_999, new Random(Environment.ProcessId + seed));
        _sockets = range.Open()!;
        _sender = new RtpSender(new Random(seed));
        Format = format;
        PayloadType = payloadType;
        _codec = AudioCodecs.Create(format)!;
        _decoder = AudioCodecs.Create(format)!;
    }

    internal AudioFormat Format { get; private set; }

    internal byte PayloadType { get; private set; }

    internal int Port => _sockets.Rtp.LocalEndPoint.Port;

    internal uint Ssrc => _sender.Ssrc;

    /// <summary>Where the edge receives.</summary>
    internal SocketAddress? Edge { get; set; }

    internal bool IsSending { get; set; }

    /// <summary>The key of what is sent, where it is SRTP.</summary>
    internal SrtpContext? Protection { get; set; }

    /// <summary>Payloads sent, in order.</summary>
    internal List<byte[]> Sent { get; } = [];

    internal List<(RtpHeader Header, byte[] Payload)> Received { get; } = [];

    /// <summary>What came, as it was on the wire.</summary>
    internal List<byte[]> Datagrams { get; } = [];

    internal List<byte[]> Reports { get; } = [];

    internal string Sdp(string direction = "sendrecv", int? port = null, string more = "") =>
        $"v=0\r\no=- {Port} 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        + $"m=audio {port ?? Port} RTP/AVP {PayloadType}\r\na=rtpmap:{PayloadType} {Format}\r\na=ptime:20\r\na={direction}\r\n{more}";

    /// <summary>From now on another encoding, as another device would have.</summary>
    internal void Use(AudioFormat format, byte payloadType)
    {
        (Format, PayloadType) = (format, payloadType);
        _codec = AudioCodecs.Create(format)!;
    }

    /// <summary>Plays a tone; null for silence, in packets all the same.</summary>
    internal void Play(ToneCadence? tone)
    {
        _tone = tone is null ? null : new ToneGenerator(tone, _codec.SampleRate);
        IsSending = true;
    }

    /// <summary>One packet time.</summary>
    internal void Step()
    {
        if (!IsSending || Edge is not { } edge)
        {
            return;
        }

        var samples = new short[_codec.SampleRate / 50];
        _tone?.Read(samples);
        var datagram = new byte[1500];
        int octets = _codec.Encode(samples, datagram.AsSpan(RtpPacket.HeaderLength));
        _sender.WriteAudio(datagram, PayloadType, octets, (uint)(Format.ClockRate / 50));
        int length = RtpPacket.HeaderLength + octets;
        byte[] plain = datagram[RtpPacket.HeaderLength..length];
        length = Protection?.Protect(datagram, length) ?? length;
        _sockets.Rtp.Send(datagram.AsSpan(0, length), edge).ShouldBeTrue();
        Sent.Add(plain);
    }

    internal void Drain()
    {
        while (_sockets.Rtp.Receive(_buffer) is >= 0 and int length)
        {
            Datagrams.Add(_buffer[..length]);
            RtpPacket.Read(_buffer.AsSpan(0, length), out RtpPacket packet).ShouldBe(RtpFault.None);
            Received.Add((packet.Header, packet.Payload.ToArray()));
        }

        while (_sockets.Rtcp.Receive(_buffer) is >= 0 and int length)
        {
            Reports.Add(_buffer[..length]);
        }
    }

    /// <summary>One SSRC, sequence without a gap, timestamps that neither overlap nor run back: nothing lost, nothing doubled.</summary>
    internal void ShouldBeOneStream()
    {
        Received.Select(packet => packet.Header.Ssrc).Distinct().ShouldHaveSingleItem();
        var units = (uint)(Format.ClockRate / 50);
        for (int i = 1; i < Received.Count; i++)
        {
            var (before, now) = (Received[i - 1].Header, Received[i].Header);
            now.Sequence.ShouldBe((ushort)(before.Sequence + 1));
            uint step = now.Timestamp - before.Timestamp;
            (step >= units && step < 1u << 31).ShouldBeTrue($"packet {i}: timestamps {step} apart");
            (step == units || now.Marker).ShouldBeTrue($"packet {i}: a pause of {step} without a marker");
        }
    }

    /// <summary>What a telephone plays of the packets from one place on: each where its timestamp says.</summary>
    internal short[] Heard(int from = 0, int? to = null)
    {
        List<short> heard = [];
        var samples = new short[5760];
        int perUnit = _decoder.SampleRate / Format.ClockRate;
        foreach (var (header, payload) in Received.Take(to ?? Received.Count).Skip(from))
        {
            int at = (int)(header.Timestamp - Received[from].Header.Timestamp) * perUnit;
            heard.AddRange(new short[Math.Max(0, at - heard.Count)]);
            heard.AddRange(samples[.._decoder.Decode(payload, samples)]);
        }

        return [.. heard];
    }

    internal IReadOnlyList<HeardSegment> Segments(int from = 0, int? to = null) =>
        Listener.Analyse(Heard(from, to), _decoder.SampleRate);

    /// <summary>The place of another party's first packet, as it sent it.</summary>
    internal int FirstOf(Handset other) =>
        Received.FindIndex(packet => other.Sent[0].AsSpan().SequenceEqual(packet.Payload));

    public void Dispose()
    {
        _sockets.Dispose();
        _codec.Dispose();
        _decoder.Dispose();
    }
}
