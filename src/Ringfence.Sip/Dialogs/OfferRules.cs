namespace Ringfence.Sip.Dialogs;

/// <summary>Who may offer now (RFC 3264 §4, RFC 3311 §5, RFC 3261 §14).</summary>
internal static class OfferRules
{
    /// <summary>Ours must wait while any offer is open.</summary>
    internal static bool MayOffer(OfferState state) => state == OfferState.Settled;

    /// <summary>
    /// What an offer of the far side is refused with: 491 while ours is open (both try again later), 500 with Retry-After while
    /// their own is; 0 when it may be looked at.
    /// </summary>
    internal static int Refusal(OfferState state) =>
        state switch
        {
            OfferState.Ours => 491,
            OfferState.Theirs => 500,
            _ => 0,
        };
}
