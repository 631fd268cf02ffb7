using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transactions;

/// <summary>The tags of From and To (RFC 3261 §19.3); empty where there is none.</summary>
internal static class Tags
{
    internal static ReadOnlySpan<byte> From(SipMessage message) => Of(message.Value(HeaderId.From));

    internal static ReadOnlySpan<byte> To(SipMessage message) => Of(message.Value(HeaderId.To));

    private static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> value) =>
        NameAddr.TryParse(value, out NameAddr address) ? address.Tag : default;
}
