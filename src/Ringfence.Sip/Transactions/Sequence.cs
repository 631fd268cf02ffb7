using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transactions;

/// <summary>The CSeq number (RFC 3261 §20.16) of a message that the parser found sound.</summary>
internal static class Sequence
{
    internal static uint Of(SipMessage message) =>
        CSeqValue.TryParse(message.Value(HeaderId.CSeq), out uint number, out _) ? number : 0;
}
