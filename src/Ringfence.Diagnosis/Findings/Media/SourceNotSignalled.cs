namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-03: audio comes from another address than its sender's session description names.</summary>
internal sealed class SourceNotSignalled()
    : Rule("MD-03", FindingSeverity.Information, FindingBasis.Interop, "RFC 4961 §4")
{
    private const int Enough = 50;

    public override bool Applies(CallView call) =>
        call.Call.Streams.Any(s => s.Packets >= Enough) && call.Answers.Any();

    public override Finding? Check(CallView call)
    {
        var named = call
            .Call.Messages.SelectMany(message => message.NamedMedia)
            .Select(media => media.Address)
            .OfType<Capture.PacketAddress>()
            .ToHashSet();

        // A relay may name nobody's address; that the destination is named makes it this call's audio.
        var odd = call.Call.Streams.FirstOrDefault(s =>
            s.Packets >= Enough && named.Contains(s.Destination) && !named.Contains(s.Source)
        );
        var expected = odd is null ? [] : named.Where(n => n != odd.Destination).Take(3).ToList();
        return odd is null || expected.Count == 0
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                [new Evidence(odd.FirstFrame, odd.Start, $"RTP {odd.Source} > {odd.Destination}")],
                ("source", odd.Source.ToString()),
                ("named", string.Join(", ", expected))
            );
    }
}
