using Ringfence.Media.Wav;

namespace Ringfence.Callers;

/// <summary>What was heard and what is to be said, as files.</summary>
internal static class Recording
{
    internal static void Write(string file, short[] samples)
    {
        using WavRecorder recorder = new(File.Create(file), 8_000, TimeSpan.FromHours(1));
        recorder.Write(samples);
    }

    /// <summary>The samples of a file at 8 kHz; null with what is wrong with it.</summary>
    internal static short[]? Read(FileInfo file, out string trouble)
    {
        WavFault fault = file.Exists
            ? WavFile.Read(File.ReadAllBytes(file.FullName), out WavFile? wav)
            : WavFile.Read([], out wav);
        bool isSound = wav is { SampleRate: 8_000, Samples.Length: > 0 };
        trouble = isSound ? "" : $"{file} is no WAV file at 8 kHz ({fault})";
        return isSound ? wav!.Samples.ToArray() : null;
    }
}
