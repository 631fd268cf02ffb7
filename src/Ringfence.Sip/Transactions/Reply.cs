using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Transactions;

/// <summary>Begins responses: the tag for all but 100 (RFC 3261 §8.2.6.2), and what the request's source was.</summary>
internal static class Reply
{
    internal static void Start(
        SipWriter writer,
        SipRequest request,
        in Peer from,
        int statusCode,
        ReadOnlySpan<byte> reasonPhrase,
        ReadOnlySpan<byte> toTag
    )
    {
        Span<byte> room = stackalloc byte[PeerText.MaxLength];
        writer.StartReply(
            request,
            statusCode,
            reasonPhrase.IsEmpty ? ReasonPhrases.Of(statusCode) : reasonPhrase,
            statusCode == 100 ? default : toTag,
            from.FormatAddress(room),
            from.Port
        );
    }
}
