using Ringfence.Sip.Messages;

namespace Ringfence.Sip.BackToBack;

/// <summary>A REFER to take over a call that is up (RFC 5589 §7): its Refer-To carries Replaces (RFC 3891).</summary>
internal static class AttendedTransfer
{
    /// <summary>
    /// True when the REFER names a dialog to be replaced. It names it as its sender knows it; behind a back-to-back each side knows another
    /// one, so that whoever followed it would replace nothing.
    /// </summary>
    internal static bool IsAskedBy(SipRequest refer) =>
        NameAddr.TryParse(refer.Value(HeaderId.ReferTo), out NameAddr target)
        && SipUri.TryParse(target.Uri, out SipUri uri)
        && uri.Headers.TryGet("Replaces"u8, out _);
}
