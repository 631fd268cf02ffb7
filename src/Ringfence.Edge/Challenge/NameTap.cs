using Ringfence.Media.Codecs;
using Ringfence.Media.Dtmf;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Relay;
using Ringfence.Media.Rtp;

namespace Ringfence.Edge.Challenge;

/// <summary>
/// Records what a caller says: four seconds at most, and no longer than until a second of silence after speech. What was never loud for
/// long enough is no name; nor is one with the tones of a key in it, which the callee's telephone might echo as an answer. Thread-safe.
/// </summary>
internal sealed class NameTap : IRelayTap
{
    /// <summary>Samples per second of what is recorded.</summary>
    internal const int SampleRate = 8_000;

    private const int Longest = 4 * SampleRate;
    private const int SilenceAfter = SampleRate;

    /// <summary>More than an echo of the tone before it lasts.</summary>
    private const int LeastSpeech = SampleRate * 3 / 10;

    /// <summary>What is kept before and after the speech.</summary>
    private const int Margin = SampleRate / 10;

    /// <summary>Power from which on a packet is speech, in dBm0.</summary>
    private const double Loudness = -42;

    private readonly Lock _lock = new();
    private readonly NegotiatedAudio _audio;
    private readonly Action _ended;
    private readonly DtmfDetector _detector = new();
    private readonly short[] _name = new short[Longest];

    /// <summary>120 ms at 48 kHz, the longest packet of any encoding.</summary>
    private readonly short[] _decoded = new short[5_760];
    private readonly short[] _narrow = new short[SampleRate * 12 / 100];
    private readonly IAudioCodec? _codec;
    private readonly StreamResampler? _resampler;
    private uint _ssrc;
    private uint _firstTimestamp;
    private int _firstAt = -1;
    private int _end;
    private int _speech;
    private int _speechFrom = Longest;
    private int _speechTo;
    private bool _hasTone;
    private bool _isOver;

    /// <param name="audio">What was agreed on with the caller.</param>
    /// <param name="ended">Told once, on the media clock's thread, that there is nothing more to wait for.</param>
    internal NameTap(NegotiatedAudio audio, Action ended)
    {
        _audio = audio;
        _ended = ended;
        _codec = AudioCodecs.Create(audio.Send.Format);
        _resampler = _codec is { SampleRate: not SampleRate } wide
            ? new StreamResampler(wide.SampleRate, SampleRate)
            : null;
    }

    /// <inheritdoc/>
    public void Packet(in RtpHeader header, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (header.PayloadType != _audio.ReceivePayloadType || _codec is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            Write(header, Narrow(_decoded.AsSpan(0, _codec.Decode(payload, _decoded))), now);
            bool isSaid = _speech >= LeastSpeech && _end - _speechTo >= SilenceAfter;
            if (!isSaid && _end < Longest)
            {
                return;
            }

            _isOver = true;
        }

        _ended();
    }

    /// <summary>Ends the recording. The name, without the silence around it; null when there was none.</summary>
    internal short[]? Take()
    {
        lock (_lock)
        {
            _isOver = true;
            _codec?.Dispose();
            return _speech < LeastSpeech || _hasTone
                ? null
                : _name[Math.Max(0, _speechFrom - Margin)..Math.Min(_end, _speechTo + Margin)];
        }
    }

    private ReadOnlySpan<short> Narrow(ReadOnlySpan<short> samples) =>
        _resampler is null ? samples : _narrow.AsSpan(0, _resampler.Convert(samples, _narrow));

    private void Write(in RtpHeader header, ReadOnlySpan<short> samples, TimeSpan now)
    {
        int at = PlaceOf(header);
        samples = samples[..Math.Clamp(Longest - at, 0, samples.Length)];
        samples.CopyTo(_name.AsSpan(at));
        _end = Math.Max(_end, at + samples.Length);
        if (!samples.IsEmpty && Level.Of(samples) >= Loudness)
        {
            _speech += samples.Length;
            _speechFrom = Math.Min(_speechFrom, at);
            _speechTo = Math.Max(_speechTo, at + samples.Length);
        }

        _detector.Hear(samples, now, _ => _hasTone = true);
    }

    /// <summary>Where a packet belongs; one of another timeline follows what is there.</summary>
    private int PlaceOf(in RtpHeader header)
    {
        long step = unchecked((int)(header.Timestamp - _firstTimestamp));
        long at = _firstAt + step * SampleRate / _audio.Send.Format.ClockRate;
        if (_firstAt < 0 || header.Ssrc != _ssrc || at < _end - SampleRate || at < 0 || at > _end + SilenceAfter)
        {
            (_ssrc, _firstTimestamp, _firstAt) = (header.Ssrc, header.Timestamp, _end);
            at = _end;
        }

        return (int)Math.Min(at, Longest);
    }
}
