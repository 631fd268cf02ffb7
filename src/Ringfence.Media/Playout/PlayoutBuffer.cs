using Ringfence.Media.Codecs;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Playout;

/// <summary>
/// Makes an even stream of samples of packets that come unevenly: a jitter buffer whose delay follows the network, decoding in
/// order, concealment of what was lost. Fed as packets come, read at the pace of the media clock; it allocates nothing once
/// a stream is under way. Not thread-safe.
/// </summary>
internal sealed class PlayoutBuffer
{
    /// <summary>A packet of 120 ms, the longest of any encoding, behind the rest of another frame.</summary>
    private const int MostReadyMs = 140;

    /// <summary>Concealment is silent after that; a stream that is still away then has stopped.</summary>
    private const double LongestConcealedMs = 60;

    private readonly JitterBuffer _buffer = new();
    private readonly PlayoutExcess _excess = new();
    private ReadySamples _ready = new(0);
    private PlayoutDelay _delay = new(8000);
    private LossConcealment _concealment = new(8000);
    private IAudioCodec? _codec;
    private AudioFormat _format;
    private uint _ssrc;
    private uint _playTimestamp;
    private int _packetSamples;
    private int _concealed;
    private bool _isPlaying;

    /// <summary>Samples per second that are read.</summary>
    public int SampleRate => _codec?.SampleRate ?? 8000;

    /// <summary>How long packets wait at present.</summary>
    public TimeSpan Delay => _delay.Target;

    /// <summary>Whether any of what was read last was made up.</summary>
    public bool IsMadeUp { get; private set; }

    /// <summary>Milliseconds that were made up for lost packets.</summary>
    public long ConcealedMs { get; private set; }

    /// <summary>Packets that came after their turn.</summary>
    public long Late { get; private set; }

    /// <summary>Takes a packet of audio.</summary>
    /// <param name="format">Its encoding; another one than before begins anew.</param>
    /// <param name="header">Its header.</param>
    /// <param name="payload">Its payload; nothing for a packet of the same sequence that holds no audio.</param>
    /// <param name="now">When it came.</param>
    public void Put(AudioFormat format, in RtpHeader header, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (format != _format || header.Ssrc != _ssrc)
        {
            Use(format, header.Ssrc);
        }
        var outcome = _buffer.Put(header, payload, now);
        Late += outcome == JitterBufferPut.Late ? 1 : 0;
        if (outcome == JitterBufferPut.Restarted)
        {
            Pause();
        }
        if (outcome != JitterBufferPut.Duplicate && !payload.IsEmpty)
        {
            _delay.Note(header.Timestamp, now);
        }
    }

    /// <summary>Gives the next samples; call it at the pace at which they last.</summary>
    /// <param name="frame">Filled whole, at most 20 ms.</param>
    /// <param name="now">The time.</param>
    /// <returns>False when there is nothing to play: the stream has not begun, pauses, or is away.</returns>
    public bool Read(Span<short> frame, TimeSpan now)
    {
        if (!_isPlaying && !MayBegin(now))
        {
            return false;
        }
        _excess.Note(Waiting(), _delay.Target.TotalMilliseconds);
        while (_ready.Count < frame.Length && Next()) { }
        if (!_isPlaying && _ready.Count == 0)
        {
            return false;
        }
        var missing = frame.Length - _ready.Count;
        if (missing > 0 && !FillUp(missing))
        {
            return false;
        }
        IsMadeUp = _ready.Take(frame);
        return true;
    }

    /// <summary>Forgets the stream: another one begins.</summary>
    public void Clear()
    {
        _buffer.Clear();
        _concealment.Clear();
        Pause();
    }

    /// <summary>Lets go of the decoder.</summary>
    public void Close() => _codec?.Dispose();

    private void Use(AudioFormat format, uint ssrc)
    {
        Clear();
        if (format != _format)
        {
            _codec?.Dispose();
            _codec = AudioCodecs.Create(format);
            _format = format;
            _concealment = new LossConcealment(SampleRate);
            _ready = new ReadySamples(SampleRate * MostReadyMs / 1000);
        }
        _ssrc = ssrc;
        _delay = new PlayoutDelay(Math.Max(1, format.ClockRate));
    }

    private void Pause()
    {
        (_isPlaying, _concealed) = (false, 0);
        _ready.Clear();
        _excess.Clear();
    }

    /// <summary>A stream, or a period of talk in it, begins once its first packet has waited for the delay.</summary>
    private bool MayBegin(TimeSpan now)
    {
        while (_buffer is { Count: > 0, HasNext: false } || (_buffer.HasNext && _buffer.Next.Length == 0))
        {
            _buffer.Advance();
        }
        if (_codec is null || !_buffer.HasNext || now - _buffer.Next.Arrived < _delay.Target)
        {
            return false;
        }
        _isPlaying = true;
        _playTimestamp = _buffer.Next.Timestamp;
        return true;
    }

    /// <summary>Makes the next packet ready; false when there is none whose time it is.</summary>
    private bool Next()
    {
        if (_buffer.Count == 0)
        {
            return false;
        }
        if (!_buffer.HasNext)
        {
            Lose();
            return true;
        }
        if (_buffer.Next.Length == 0)
        {
            _buffer.Advance();
            return true;
        }
        var pause = unchecked((int)(_buffer.Next.Timestamp - _playTimestamp));
        if (pause > _format.ClockRate * LongestConcealedMs / 1000)
        {
            // The sender was silent and did not send. Its next words wait again for as long as the network now needs.
            _isPlaying = false;
            return false;
        }
        if (pause > 0)
        {
            Make((int)((long)pause * SampleRate / _format.ClockRate));
            _playTimestamp = _buffer.Next.Timestamp;
            return true;
        }
        Decode();
        return true;
    }

    private void Decode()
    {
        var timestamp = _buffer.Next.Timestamp;
        var room = _ready.Room();
        var count = _codec!.Decode(_buffer.Payload, room);
        _buffer.Advance();
        _packetSamples = count > 0 ? count : _packetSamples;
        _playTimestamp = timestamp + Units(_packetSamples);
        var samples = room[..count];
        _concealment.Receive(samples);
        _concealed = 0;
        if (!_excess.LeavesOut(samples))
        {
            _ready.Add(count, isMadeUp: false);
        }
    }

    /// <summary>The packet whose turn it is did not come, but later ones did.</summary>
    private void Lose()
    {
        _buffer.Advance();
        _playTimestamp += Units(_packetSamples);
        // What was made up already while nothing at all came counts for it.
        var made = Math.Min(_concealed, _packetSamples);
        _concealed -= made;
        Make(_packetSamples - made);
    }

    /// <summary>Nothing waits: fills the rest of a frame, until the stream is taken for gone.</summary>
    private bool FillUp(int missing)
    {
        if (_concealed >= LongestConcealedMs * SampleRate / 1000)
        {
            Pause();
            return false;
        }
        _concealed += missing;
        Make(missing);
        return true;
    }

    private void Make(int count)
    {
        var room = _ready.Room();
        count = Math.Min(count, room.Length);
        var samples = room[..count];
        var own = _codec!.Conceal(samples);
        if (own < count)
        {
            _concealment.Conceal(samples);
        }
        _ready.Add(count, isMadeUp: true);
        ConcealedMs += 1000L * count / SampleRate;
    }

    /// <summary>Milliseconds that wait.</summary>
    private double Waiting() =>
        _buffer.Count == 0
            ? 0
            : unchecked((int)(_buffer.NewestTimestamp - _playTimestamp)) * 1000.0 / _format.ClockRate
                + (_packetSamples + _ready.Count) * 1000.0 / SampleRate;

    private uint Units(int samples) => (uint)((long)samples * _format.ClockRate / SampleRate);
}
