using Ringfence.Media.Wav;

namespace Ringfence.Media.Relay;

/// <summary>A recording in the course of a call: what goes wrong with it ends the recording and not the call.</summary>
internal sealed class CallRecording
{
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
    public void Write(ReadOnlyMemory<short> samples, int silence)
    {
        if (_recorder is not { } recorder)
        {
            return;
        }
        try
        {
            Span<short> nothing = stackalloc short[160];
            for (; silence > 0 && !recorder.IsFull; silence -= nothing.Length)
            {
                recorder.Write(nothing[..Math.Min(silence, nothing.Length)]);
            }
            recorder.Write(samples.Span);
        }
        catch (IOException exception)
        {
            _fault = exception.Message;
            End();
        }
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
