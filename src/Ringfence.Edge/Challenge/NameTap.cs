using Ringfence.Media.Codecs;
using Ringfence.Media.Dtmf;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Playout;
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

    /// <summary>120 ms, the longest packet of any encoding.</summary>
    private readonly short[] _narrow = new short[SampleRate * 12 / 100];
    private readonly OrderedAudio _ordered;
    private StreamResampler? _resampler;
    private TimeSpan _now;
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
        _ordered = new OrderedAudio(Write);
    }

    /// <inheritdoc/>
    public void Packet(in RtpHeader header, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            bool isAudio = header.PayloadType == _audio.ReceivePayloadType;
            _now = now;
            _ordered.Put(_audio.Send.Format, header, isAudio ? payload : default);
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
            if (!_isOver)
            {
                _ordered.Flush();
                _isOver = true;
            }

            _ordered.Close();
            return _speech < LeastSpeech || _hasTone
                ? null
                : _name[Math.Max(0, _speechFrom - Margin)..Math.Min(_end, _speechTo + Margin)];
        }
    }

    private void Write(ReadOnlySpan<short> samples, int sampleRate)
    {
        if (sampleRate != SampleRate)
        {
            _resampler ??= new StreamResampler(sampleRate, SampleRate);
            samples = _narrow.AsSpan(0, _resampler.Convert(samples, _narrow));
        }

        int at = _end;
        samples = samples[..Math.Min(Longest - at, samples.Length)];
        samples.CopyTo(_name.AsSpan(at));
        _end += samples.Length;
        if (!samples.IsEmpty && Level.Of(samples) >= Loudness)
        {
            _speech += samples.Length;
            _speechFrom = Math.Min(_speechFrom, at);
            _speechTo = _end;
        }

        _detector.Hear(samples, _now, _ => _hasTone = true);
    }
}
