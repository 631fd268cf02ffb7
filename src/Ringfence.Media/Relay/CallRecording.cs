using Ringfence.Media.Codecs;
using Ringfence.Media.Playout;
using Ringfence.Media.Wav;

namespace Ringfence.Media.Relay;

/// <summary>A recording in the course of a call: what goes wrong with it ends the recording and not the call.</summary>
internal sealed class CallRecording
{
    private const int SampleRate = 8000;

    private readonly short[] _converted = new short[SampleRate * 12 / 100];
    private readonly LossConcealment _concealment = new(SampleRate);
    private StreamResampler? _resampler;
    private WavRecorder? _recorder;
    private volatile string? _fault;

    /// <summary>Why it ended early, or null.</summary>
    public string? Fault => _fault;

    public void Begin(WavRecorder recorder)
    {
        End();
        _recorder = recorder;
    }

    /// <summary>Adds samples, and before them what lies between them and the ones before.</summary>
    /// <param name="samples">The samples; changed where they are joined to what was made up.</param>
    /// <param name="sampleRate">Their rate.</param>
    /// <param name="gap">Samples in which nothing was sent.</param>
    /// <param name="isLost">Whether it was lost on its way here, and so would be made up by a telephone; otherwise it was silence.</param>
    public void Write(Memory<short> samples, int sampleRate, int gap, bool isLost)
    {
        if (_recorder is not { } recorder)
        {
            return;
        }
        try
        {
            Fill(recorder, (int)((long)gap * SampleRate / sampleRate), isLost);
            var heard = Convert(samples, sampleRate).Span;
            _concealment.Receive(heard);
            recorder.Write(heard);
        }
        catch (IOException exception)
        {
            _fault = exception.Message;
            End();
        }
    }

    private void Fill(WavRecorder recorder, int gap, bool isLost)
    {
        Span<short> filling = stackalloc short[160];
        for (; gap > 0 && !recorder.IsFull; gap -= filling.Length)
        {
            var part = filling[..Math.Min(gap, filling.Length)];
            if (isLost)
            {
                _concealment.Conceal(part);
            }
            else
            {
                part.Clear();
                _concealment.Receive(part);
            }
            recorder.Write(part);
        }
    }

    private Memory<short> Convert(Memory<short> samples, int sampleRate)
    {
        if (sampleRate == SampleRate)
        {
            return samples;
        }
        _resampler = _resampler?.From == sampleRate ? _resampler : new StreamResampler(sampleRate, SampleRate);
        return _converted.AsMemory(0, _resampler.Convert(samples.Span, _converted));
    }

    public void End()
    {
        try
        {
            _recorder?.Dispose();
        }
        catch (IOException exception)
        {
            _fault = exception.Message;
        }
        _recorder = null;
    }
}
