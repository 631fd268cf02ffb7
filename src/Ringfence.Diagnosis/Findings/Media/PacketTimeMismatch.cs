using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-05: packets hold more or less audio than their receiver asked for.</summary>
internal sealed class PacketTimeMismatch()
    : Rule("MD-05", FindingSeverity.Information, FindingBasis.Interop, "RFC 8866 §6.4")
{
    private const int Enough = 50;

    public override bool Applies(CallView call) =>
        call.Call.Streams.Any(s => s.Packets >= Enough && s.PacketTime is not null && Wanted(call, s) is not null);

    public override Finding? Check(CallView call)
    {
        foreach (var stream in call.Call.Streams.Where(s => s.Packets >= Enough && s.PacketTime is not null))
        {
            if (Wanted(call, stream) is not { } wanted)
            {
                continue;
            }

            var sent = stream.PacketTime!.Value.TotalMilliseconds;
            var tooLong = wanted.Most is { } most && sent > most + 0.5;
            if (tooLong || (wanted.Usual is { } usual && Math.Abs(sent - usual) > 0.5))
            {
                var finding = Found(
                    call,
                    FindingConfidence.Certain,
                    [new Evidence(stream.FirstFrame, stream.Start, $"RTP {stream.Source} > {stream.Destination}")],
                    ("sent", Number(sent)),
                    ("wanted", tooLong ? "≤ " + Number((long)wanted.Most!.Value) : Number((long)wanted.Usual!.Value)),
                    ("stream", $"{stream.Source} > {stream.Destination}")
                );
                return tooLong ? finding with { Severity = FindingSeverity.Warning } : finding;
            }
        }

        return null;
    }

    private static (int? Usual, int? Most)? Wanted(CallView call, RtpStream stream)
    {
        var media = call
            .Call.Messages.SelectMany(m => m.NamedMedia)
            .LastOrDefault(named => named.Address == stream.Destination)
            .Media;
        return media?.PacketTime is null && media?.MaxPacketTime is null
            ? null
            : (media!.PacketTime, media.MaxPacketTime);
    }
}
