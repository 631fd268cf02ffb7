using Ringfence.Diagnosis.Media;
using Ringfence.Media.Wav;

namespace Ringfence.Diagnosis.Report;

/// <summary>The audio of a stream as a WAV file: 8000 samples a second, 16 bits.</summary>
public static class StreamWav
{
    /// <summary>The bytes of the file; empty where the stream cannot be played.</summary>
    public static byte[] Of(RtpStream stream)
    {
        const int Rate = 8_000;
        var samples = StreamHearing.Samples(stream);
        if (samples.Length == 0)
        {
            return [];
        }

        using var file = new MemoryStream();
        using (var wav = new WavRecorder(file, Rate, TimeSpan.FromSeconds((samples.Length / Rate) + 1)))
        {
            wav.Write(samples);
        }

        return file.ToArray();
    }
}
