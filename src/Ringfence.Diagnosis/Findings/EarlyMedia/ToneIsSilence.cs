using Ringfence.Media.Codecs;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-23: the early media that plays is silence.</summary>
internal sealed class ToneIsSilence() : Rule("EM-23", FindingSeverity.Error, FindingBasis.Observed, "ITU-T G.711")
{
    public override bool Applies(CallView call) => call.EarlyToCaller.Any(s => s.Audio.Length >= 8_000);

    // Below this nobody hears anything on a telephone (dBm0).
    private const double Inaudible = -60;

    public override Finding? Check(CallView call)
    {
        var stream = call.EarlyToCaller.First(s => s.Audio.Length >= 8_000);
        var early = CallView.Seconds(stream.Start, Math.Min(call.EarlyEnd, stream.End));
        var samples = (int)Math.Min(stream.Audio.Length, early * 8_000);
        if (samples < 8_000 || AudioFormat.OfStatic(stream.AudioPayloadType) is not { } format)
        {
            return null;
        }

        var audio = new short[samples];
        using var codec = AudioCodecs.Create(format);
        var decoded = codec?.Decode(stream.Audio.Span[..samples], audio) ?? 0;
        var level = decoded > 0 ? Level.Of(audio.AsSpan(0, decoded)) : 0;
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
