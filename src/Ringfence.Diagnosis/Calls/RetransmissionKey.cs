using Ringfence.Diagnosis.Capture;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Calls;

/// <summary>What two sendings of the same message have in common.</summary>
internal readonly record struct RetransmissionKey(
    PacketAddress Source,
    PacketAddress Destination,
    string Branch,
    string ToTag,
    uint CSeq,
    int Label,
    int Contents
)
{
    public static RetransmissionKey Of(TraceMessage message)
    {
        var contents = new HashCode();
        contents.AddBytes(message.Sip.Value(HeaderId.RSeq));
        contents.AddBytes(message.Sip.Body);
        return new RetransmissionKey(
            message.Source,
            message.Destination,
            message.Branch,
            message.ToTag,
            message.CSeq,
            message.Status
                + (1_000 * (int)(message.Request?.Method ?? message.CSeqMethod))
                + (message.Request is null ? 0 : 1_000_000),
            contents.ToHashCode()
        );
    }
}
