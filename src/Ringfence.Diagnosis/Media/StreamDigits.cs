using Ringfence.Media.Dtmf;

namespace Ringfence.Diagnosis.Media;

/// <summary>Digits that are heard in the audio of a stream (ITU-T Q.24), as far as it was kept.</summary>
internal static class StreamDigits
{
    // Samples at a time: the time of a digit is known to 10 ms.
    private const int Step = StreamHearing.SampleRate / 100;

    public static IReadOnlyList<DtmfDigit> Of(RtpStream stream) =>
        stream.HeardDigits ??= In(StreamHearing.Samples(stream), stream);

    /// <summary>Those in the audio of a stream.</summary>
    public static IReadOnlyList<DtmfDigit> In(ReadOnlySpan<short> samples, RtpStream stream)
    {
        var digits = new List<DtmfDigit>();
        var detector = new DtmfDetector();
        void Pressed(Ringfence.Media.Dtmf.DtmfDigit heard) =>
            digits.Add(
                new DtmfDigit(
                    DtmfKind.InBand,
                    heard.Digit,
                    stream.FirstFrame,
                    stream.Start + (heard.At.Ticks * 100),
                    stream.Source,
                    TimeSpan.Zero,
                    Ended: false
                )
            );
        for (var at = 0; at + Step <= samples.Length; at += Step)
        {
            detector.Hear(
                samples.Slice(at, Step),
                TimeSpan.FromSeconds(at / (double)StreamHearing.SampleRate),
                Pressed
            );
        }

        return digits;
    }
}
