using Ringfence.Media.Sdp;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-16: the direction attributes do not let the tone or announcement through to the caller.</summary>
internal sealed class DirectionBlocksTone() : Rule("EM-16", FindingSeverity.Warning, FindingBasis.Must, "RFC 3264 §6.1")
{
    public override bool Applies(CallView call) =>
        call.Offer is not null && call.Provisionals.Any(m => m.Sdp is not null);

    public override Finding? Check(CallView call)
    {
        foreach (var message in call.Provisionals)
        {
            if (message.Sdp?.Audio is not { IsRejected: false } answer)
            {
                continue;
            }

            var answerMutes = !answer.Direction.HasFlag(MediaDirection.SendOnly);
            var offerMutes = !call.Offer!.Direction.HasFlag(MediaDirection.RecvOnly);
            if (answerMutes || offerMutes)
            {
                return Found(
                    call,
                    FindingConfidence.Certain,
                    [call.Invite, message],
                    ("offered", Name(call.Offer.Direction)),
                    ("answered", Name(answer.Direction))
                );
            }
        }

        return null;
    }

    private static string Name(MediaDirection direction) =>
        direction switch
        {
            MediaDirection.SendOnly => "sendonly",
            MediaDirection.RecvOnly => "recvonly",
            MediaDirection.Inactive => "inactive",
            _ => "sendrecv",
        };
}
