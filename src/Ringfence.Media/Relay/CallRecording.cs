using Ringfence.Media.Codecs;
using Ringfence.Media.Wav;

namespace Ringfence.Media.Relay;

/// <summary>A recording in the course of a call: what goes wrong with it ends the recording and not the call.</summary>
internal sealed class CallRecording
{
    private const int SampleRate = 8000;

    private readonly short[] _converted = new short[SampleRate * 12 / 100];
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

    /// <summary>Adds samples, and before them the silence in which nothing was sent.</summary>
    public void Write(ReadOnlyMemory<short> samples, int sampleRate, int silence)
    {
        if (_recorder is not { } recorder)
        {
            return;
        }
        try
        {
            Span<short> nothing = stackalloc short[160];
            silence = (int)((long)silence * SampleRate / sampleRate);
            for (; silence > 0 && !recorder.IsFull; silence -= nothing.Length)
            {
                recorder.Write(nothing[..Math.Min(silence, nothing.Length)]);
            }
            recorder.Write(Convert(samples, sampleRate).Span);
        }
        catch (IOException exception)
        {
            _fault = exception.Message;
            End();
        }
    }

    private ReadOnlyMemory<short> Convert(ReadOnlyMemory<short> samples, int sampleRate)
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
