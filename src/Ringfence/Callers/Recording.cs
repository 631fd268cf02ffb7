using Ringfence.Media.Wav;

namespace Ringfence.Callers;

/// <summary>What was heard, as a file.</summary>
internal static class Recording
{
    internal static void Write(string file, short[] samples)
    {
        using WavRecorder recorder = new(File.Create(file), 8_000, TimeSpan.FromHours(1));
        recorder.Write(samples);
    }
}
