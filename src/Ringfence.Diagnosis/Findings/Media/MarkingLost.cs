using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-16: audio travels without priority, though the other way has it or packets suffer.</summary>
internal sealed class MarkingLost() : Rule("MD-16", FindingSeverity.Information, FindingBasis.Should, "RFC 8837 §5")
{
    private const int Enough = 100;

    // Expedited forwarding is 46, assured forwarding 4 begins at 34; below 32 nothing is meant for audio.
    private const byte Priority = 32;
    private const double Suffers = 0.01;
    private const double Uneven = 30;

    public override bool Applies(CallView call) => call.Call.Streams.Any(s => s.Packets >= Enough);

    public override Finding? Check(CallView call)
    {
        var plain = call.Call.Streams.FirstOrDefault(s => s.Packets >= Enough && s.Dscp == 0);
        if (plain is null)
        {
            return null;
        }

        // Without a sign that marking was meant, or that its lack does harm, it is only how most networks are.
        var marked = call.Call.Streams.FirstOrDefault(s => s.Packets >= Enough && s.Dscp >= Priority);
        var harm = Harm(plain);
        return marked is null && harm is null
            ? null
            : Found(
                call,
                FindingConfidence.Possible,
                [new Evidence(plain.FirstFrame, plain.Start, $"RTP {plain.Source} DSCP 0")],
                ("stream", $"{plain.Source} > {plain.Destination}"),
                ("sign", marked is null ? harm!.Value.Sign : "marked"),
                ("figure", marked is null ? harm!.Value.Figure : $"DSCP {marked.Dscp}: {marked.Source}")
            );
    }

    private static (string Sign, string Figure)? Harm(RtpStream stream) =>
        stream.Lost > Suffers * stream.Packets ? ("loss", Number(stream.Lost))
        : stream.HighestJitter > Uneven ? ("uneven", Number(stream.HighestJitter) + " ms")
        : null;
}
