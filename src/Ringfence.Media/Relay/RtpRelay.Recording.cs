using Ringfence.Media.Wav;

namespace Ringfence.Media.Relay;

/// <content>Recording of what the caller hears.</content>
public sealed partial class RtpRelay
{
    private readonly CallRecording _recording = new();

    /// <summary>Records what the caller hears, pauses included.</summary>
    /// <param name="recorder">The recorder, for 8000 samples per second; disposed of with the relay. Its stream is
    /// written to on the clock's thread, so it must not be slow.</param>
    public void Record(WavRecorder recorder) =>
        _requests.Enqueue(() =>
        {
            _recording.Begin(recorder);
            _toCaller.Heard = _recording.Write;
        });

    /// <summary>Ends the recording.</summary>
    public void RecordNoMore() =>
        _requests.Enqueue(() =>
        {
            _toCaller.Heard = null;
            _recording.End();
        });

    /// <summary>Why recording ended early, such as a full disk; null while all is well.</summary>
    public string? RecordingFault => _recording.Fault;
}
