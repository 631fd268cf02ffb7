using Ringfence.Diagnosis.Media;
using Ringfence.Media.Codecs;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-23: the early media that plays is silence.</summary>
internal sealed class ToneIsSilence() : Rule("EM-23", FindingSeverity.Error, FindingBasis.Observed, "ITU-T G.711")
{
    public override bool Applies(CallView call) => call.EarlyToCaller.Any(s => s.HasAudio);

    // Below this nobody hears anything on a telephone (dBm0).
    private const double Inaudible = -60;

    public override Finding? Check(CallView call)
    {
        var stream = call.EarlyToCaller.First(s => s.HasAudio);
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
                ("level", Number(level)),
                ("seconds", Number(early))
            );
    }
}
