using Ringfence.Media.Codecs;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Playout;

/// <summary>
/// Makes of packets that come late, twice, in disorder or not at all the audio that was sent: each decoded once and in its turn, what
/// was lost filled in, pauses as silence. For recordings and listeners, which need not play: a packet that is missing is waited for up to
/// 200 ms of what comes after it, and where none is missing nothing waits. Not thread-safe.
/// </summary>
/// <param name="heard">Told of the samples, at most 120 ms at a time, and of their rate.</param>
public sealed class OrderedAudio(Action<ReadOnlySpan<short>, int> heard)
{
    private const int LongestPacketMs = 120;
    private const int LongestWaitMs = 200;

    /// <summary>Of packets of 10 ms as long as that.</summary>
    private const int MostWaiting = 20;

    /// <summary>The first packet may be overtaken too.</summary>
    private const int FirstWaiting = 3;

    /// <summary>A step of the timestamps beyond this is another timeline and no pause.</summary>
    private const int LongestPauseMs = 10_000;

    private readonly JitterBuffer _buffer = new();
    private LossConcealment _concealment = new(8000);
    private IAudioCodec? _codec;
    private AudioFormat _format;
    private short[] _samples = [];
    private uint _ssrc;
    private uint _playTimestamp;
    private bool _hasBegun;
    private bool _hasTime;
    private bool _isLost;

    /// <summary>Takes a packet. Another stream or encoding than before goes on where the last one ended.</summary>
    /// <param name="format">Its encoding; one that is not known here is left out.</param>
    /// <param name="header">Its header.</param>
    /// <param name="payload">Its payload; nothing for a packet of the same sequence that holds no audio.</param>
    public void Put(AudioFormat format, in RtpHeader header, ReadOnlySpan<byte> payload)
    {
        if (format != _format || header.Ssrc != _ssrc)
        {
            Use(format, header.Ssrc);
        }
        if (_codec is not null)
        {
            _buffer.Put(header, payload, default);
            Drain(isAll: false);
        }
    }

    /// <summary>Gives what still waits.</summary>
    public void Flush() => Drain(isAll: true);

    /// <summary>Lets go of the decoder.</summary>
    public void Close()
    {
        _buffer.Clear();
        _codec?.Dispose();
        _codec = null;
    }

    private void Use(AudioFormat format, uint ssrc)
    {
        Flush();
        if (format != _format)
        {
            _codec?.Dispose();
            _codec = AudioCodecs.Create(format);
            _format = format;
            _concealment = new LossConcealment(_codec?.SampleRate ?? 8000);
            _samples = new short[(_codec?.SampleRate ?? 8000) * LongestPacketMs / 1000];
        }
        _buffer.Clear();
        _concealment.Clear();
        (_ssrc, _hasBegun, _hasTime, _isLost) = (ssrc, false, false, false);
    }

    private void Drain(bool isAll)
    {
        while (_buffer.Count > 0 && (isAll || IsTurn()))
        {
            _hasBegun = true;
            if (!_buffer.HasNext)
            {
                _isLost = true;
                _buffer.Advance();
            }
            else if (_buffer.Next.Length == 0)
            {
                _buffer.Advance();
            }
            else
            {
                FillUp(_buffer.Next.Timestamp);
                Decode();
            }
        }
    }

    /// <summary>Whether the next packet is there, or no longer waited for.</summary>
    private bool IsTurn() =>
        !_hasBegun
            ? _buffer.Count >= FirstWaiting
            : _buffer.HasNext
                || _buffer.Count >= MostWaiting
                || unchecked((int)(_buffer.NewestTimestamp - _playTimestamp)) >= Units(LongestWaitMs);

    private void Decode()
    {
        var timestamp = _buffer.Next.Timestamp;
        var count = _codec!.Decode(_buffer.Payload, _samples);
        _buffer.Advance();
        var samples = _samples.AsSpan(0, count);
        _concealment.Receive(samples);
        heard(samples, _codec.SampleRate);
        _playTimestamp = timestamp + (uint)((long)count * _format.ClockRate / _codec.SampleRate);
        (_hasTime, _isLost) = (true, false);
    }

    /// <summary>What lies between the last packet and the next one: made up where packets were lost, else silence.</summary>
    private void FillUp(uint until)
    {
        var units = _hasTime ? unchecked((int)(until - _playTimestamp)) : 0;
        if (units <= 0 || units > Units(LongestPauseMs))
        {
            return;
        }
        var missing = (int)((long)units * _codec!.SampleRate / _format.ClockRate);
        while (missing > 0)
        {
            var samples = _samples.AsSpan(0, Math.Min(missing, _samples.Length / 6));
            missing -= samples.Length;
            Make(samples);
            heard(samples, _codec.SampleRate);
        }
    }

    private void Make(Span<short> samples)
    {
        if (!_isLost)
        {
            samples.Clear();
            _concealment.Receive(samples);
        }
        else if (_codec!.Conceal(samples) < samples.Length)
        {
            _concealment.Conceal(samples);
        }
    }

    private int Units(int milliseconds) => milliseconds * _format.ClockRate / 1000;
}
