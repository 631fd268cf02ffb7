using Ringfence.Diagnosis.Calls;
using Ringfence.Media.Codecs;

namespace Ringfence.Diagnosis.Media;

/// <summary>The named events of a stream as the session descriptions of its call have them.</summary>
internal static class StreamEvents
{
    /// <summary>The digits in order.</summary>
    public static IEnumerable<DtmfDigit> Of(Call call, RtpStream stream)
    {
        if (stream.Key is not null)
        {
            return SecureEvents.Of(call, stream);
        }

        return stream
            .Digits.Select(digit => (Digit: digit, Format: MediaTies.CodecOf(call, stream, digit.PayloadType)))
            .Where(seen => seen.Format?.IsNamed("telephone-event") ?? true)
            .Select(seen => Timed(seen.Digit, seen.Format, stream.ClockRate));
    }

    // The clock of the events may be another than that of the audio beside them, by which they were read.
    private static DtmfDigit Timed(DtmfDigit digit, AudioFormat? format, int clockRate) =>
        format is { ClockRate: > 0 and var own } && own != clockRate
            ? digit with
            {
                Duration = digit.Duration * clockRate / own,
            }
            : digit;
}
