using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transactions;

/// <summary>The topmost Via of a message: who sent it, and by which transaction.</summary>
internal static class TopVia
{
    /// <summary>The value of the topmost Via; empty when there is none.</summary>
    internal static ReadOnlySpan<byte> Item(SipMessage message)
    {
        foreach (ReadOnlySpan<byte> item in message.Items(HeaderId.Via))
        {
            return item;
        }

        return default;
    }

    internal static bool TryRead(SipMessage message, out Via via) => Via.TryParse(Item(message), out via);
}
