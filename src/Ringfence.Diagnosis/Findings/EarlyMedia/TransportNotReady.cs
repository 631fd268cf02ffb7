using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-19: ICE or DTLS of early media went unanswered until the final response.</summary>
internal sealed class TransportNotReady()
    : Rule("EM-19", FindingSeverity.Error, FindingBasis.Interop, "RFC 8445 §7.2.5.3")
{
    // Lost checks are repeated after half a second at most: three in vain are no loss.
    private const int Enough = 3;

    public override bool Applies(CallView call) =>
        call.Call.Handshakes.Count > 0 && call.Provisionals.Any(m => m.Sdp is not null);

    public override Finding? Check(CallView call)
    {
        var from = call.Provisionals.First(m => m.Sdp is not null).Time;
        var early = call.Call.Handshakes.Where(h => h.Time >= from && h.Time < call.EarlyEnd).ToList();
        return Unanswered(call, early, HandshakeKind.ClientHello, HandshakeKind.ServerHello, "DTLS ClientHello")
            ?? Unanswered(call, early, HandshakeKind.BindingRequest, HandshakeKind.BindingResponse, "STUN Binding");
    }

    private Finding? Unanswered(
        CallView call,
        List<MediaHandshake> early,
        HandshakeKind request,
        HandshakeKind response,
        string what
    )
    {
        var sent = early.Where(h => h.Kind == request).ToList();
        return sent.Count < Enough || early.Exists(h => h.Kind == response)
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                sent.Select(h => new Evidence(h.Frame, h.Time, what)),
                ("what", what),
                ("count", Number((long)sent.Count)),
                ("address", sent[0].Destination.ToString())
            );
    }
}
