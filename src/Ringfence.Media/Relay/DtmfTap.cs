using Ringfence.Media.Codecs;
using Ringfence.Media.Dtmf;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Playout;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Relay;

/// <summary>
/// Collects the digits of one side of a relay, whichever way they come: telephone events, tones in the audio, and SIP
/// INFO, each press once. Thread-safe.
/// </summary>
/// <param name="audio">What was agreed on with the side.</param>
/// <param name="pressed">Told of every digit; for those of the media on the clock's thread.</param>
public sealed class DtmfTap(NegotiatedAudio audio, Action<DtmfDigit> pressed) : IRelayTap
{
    private readonly Lock _lock = new();
    private readonly TelephoneEventReceiver _events = new();
    private readonly DtmfDetector _detector = new();
    private readonly DtmfDeduplicator _deduplicator = new();
    private readonly PlayoutBuffer _playout = new();
    private readonly short[] _frame = new short[RtpRelay.MaxFrame];
    private readonly short[] _narrow = new short[RtpRelay.MaxFrame];
    private StreamResampler? _resampler;

    /// <inheritdoc/>
    public void Packet(in RtpHeader header, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (header.PayloadType == audio.ReceiveEvents)
        {
            if (_events.Receive(header, payload, now) is { } digit)
            {
                Report(digit);
            }
            else if (TelephoneEvent.Read(payload)?.Digit is { } held)
            {
                Hold(held, now);
            }
        }
        var isAudio = header.PayloadType == audio.ReceivePayloadType;
        _playout.Put(audio.Send.Format, header, isAudio ? payload : default, now);
    }

    /// <inheritdoc/>
    public void Tick(TimeSpan now)
    {
        var frame = _frame.AsSpan(0, (int)(_playout.SampleRate * MediaClock.Interval.TotalSeconds));
        var isPlaying = _playout.Read(frame, now);
        if (!isPlaying)
        {
            // A pause ends a digit as silence does.
            frame.Clear();
        }
        _detector.Hear(Narrow(frame), now, isPlaying && _playout.IsMadeUp, Report);
        if (_detector.Held is { } held)
        {
            Hold(held, now);
        }
    }

    /// <summary>A digit came by SIP INFO.</summary>
    /// <param name="digit">One of <see cref="DtmfDigit.All"/>; others are ignored.</param>
    /// <param name="now">The clock's <see cref="MediaClock.Now"/>.</param>
    public void Info(char digit, TimeSpan now)
    {
        if (DtmfDigit.All.Contains(digit, StringComparison.Ordinal))
        {
            Report(new DtmfDigit(digit, now, DtmfSource.Info));
        }
    }

    /// <summary>The detector hears 8 kHz.</summary>
    private ReadOnlySpan<short> Narrow(ReadOnlySpan<short> samples)
    {
        if (_playout.SampleRate == 8000)
        {
            return samples;
        }
        _resampler ??= new StreamResampler(_playout.SampleRate, 8000);
        return _narrow.AsSpan(0, _resampler.Convert(samples, _narrow));
    }

    private void Hold(char digit, TimeSpan now)
    {
        lock (_lock)
        {
            _deduplicator.Held(digit, now);
        }
    }

    private void Report(DtmfDigit digit)
    {
        bool isNew;
        lock (_lock)
        {
            isNew = _deduplicator.IsNew(digit);
        }
        if (isNew)
        {
            pressed(digit);
        }
    }
}
