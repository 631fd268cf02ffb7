using Ringfence.Diagnosis.Calls;
using Ringfence.Media.Codecs;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>Named events of an encrypted stream: they are read once its key is known, from what was kept of it.</summary>
internal static class SecureEvents
{
    private const int Types = 128;

    /// <summary>The digits; their times are those of the sender's timestamps.</summary>
    public static IReadOnlyList<DtmfDigit> Of(Call call, RtpStream stream)
    {
        var types = new AudioFormat?[Types];
        foreach (var (type, _) in stream.PayloadTypes)
        {
            types[type] =
                MediaTies.CodecOf(call, stream, type) is { } format && format.IsNamed("telephone-event")
                    ? format
                    : null;
        }

        var events = new DtmfEvents();
        uint? first = null;
        stream.ReadKept(
            (in RtpHeader header, ReadOnlySpan<byte> payload) =>
            {
                first ??= header.Timestamp;
                if (types[header.PayloadType] is { } format && DtmfEvents.LooksLikeOne(payload))
                {
                    var since = unchecked((int)(header.Timestamp - first.Value)) * 1e9 / stream.ClockRate;
                    events.Take(
                        (stream.FirstFrame, stream.Start + (long)since, stream.Source, header.PayloadType),
                        header.Timestamp,
                        payload,
                        format.ClockRate
                    );
                }
            }
        );
        return events.Digits;
    }
}
