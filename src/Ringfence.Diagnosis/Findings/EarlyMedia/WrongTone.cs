using Ringfence.Diagnosis.Media;
using Ringfence.Media.Hearing;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-24: a busy or failure tone plays in early media, and no failure is signalled.</summary>
internal sealed class WrongTone() : Rule("EM-24", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3398 §8.2.6.1")
{
    public override bool Applies(CallView call) => call.EarlyToCaller.Any(s => s.HasAudio);

    // A tone that says "no" ought to be followed by the response that says so.
    private const double Patience = 10;

    public override Finding? Check(CallView call)
    {
        var stream = call.EarlyToCaller.First(s => s.HasAudio);
        var tone = StreamHearing
            .Of(stream)
            .FirstOrDefault(s => s.Kind is HeardKind.Busy or HeardKind.Congestion or HeardKind.SpecialInformation);
        if (tone is null)
        {
            return null;
        }

        var heard = stream.Start + (tone.Start.Ticks * 100);
        var seconds = CallView.Seconds(heard, call.EarlyEnd);
        return heard > call.EarlyEnd || seconds < Patience
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                [new Evidence(stream.FirstFrame, stream.Start, "RTP " + stream.Source)],
                ("tone", tone.Kind.ToString()),
                ("countries", string.Join(", ", tone.Countries.Take(5))),
                ("seconds", Number(seconds))
            );
    }
}
