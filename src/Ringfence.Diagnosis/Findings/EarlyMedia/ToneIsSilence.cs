using Ringfence.Diagnosis.Media;
using Ringfence.Media.Codecs;
using Ringfence.Media.Sdp;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-23: the early media that plays is silence.</summary>
internal sealed class ToneIsSilence() : Rule("EM-23", FindingSeverity.Error, FindingBasis.Observed, "ITU-T G.711")
{
    public override bool Applies(CallView call) => call.EarlyToCaller.Any(s => s.HasAudio || IsComfortNoise(s));

    // Below this nobody hears anything on a telephone (dBm0).
    private const double Inaudible = -60;

    public override Finding? Check(CallView call)
    {
        if (
            call.EarlyToCaller.All(IsComfortNoise)
            && call.EarlyToCaller.FirstOrDefault(s => s.Packets >= 3) is { } noise
        )
        {
            return Found(
                call,
                FindingConfidence.Likely,
                [
                    new Evidence(
                        noise.FirstFrame,
                        noise.Start,
                        $"RTP {noise.Source} PT {Number((long)noise.PayloadType)}"
                    ),
                ],
                ("level", "CN"),
                ("seconds", Number(CallView.Seconds(noise.Start, Math.Min(call.EarlyEnd, noise.End))))
            );
        }

        var stream = call.EarlyToCaller.FirstOrDefault(s => s.HasAudio);
        if (stream is null)
        {
            return null;
        }

        var early = CallView.Seconds(stream.Start, Math.Min(call.EarlyEnd, stream.End));
        var audio = StreamHearing.Samples(stream);
        var samples = (int)Math.Min(audio.Length, early * StreamHearing.SampleRate);
        if (samples < StreamHearing.SampleRate)
        {
            return null;
        }

        var level = Level.Of(audio.AsSpan(0, samples));
        return level >= Inaudible
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                [new Evidence(stream.FirstFrame, stream.Start, "RTP " + stream.Source)],
                ("level", Number(level) + " dBm0"),
                ("seconds", Number(early))
            );
    }

    // Nothing but descriptions of the noise in a pause (RFC 3389).
    private static bool IsComfortNoise(RtpStream stream) =>
        stream.PayloadTypes.All(type => type.PayloadType == RtpMap.ComfortNoiseType);
}
