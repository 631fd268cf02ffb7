namespace Ringfence.Sip.Dialogs;

/// <summary>Where offer and answer stand within a dialog (RFC 3264 §4, RFC 6337 §2).</summary>
/// <param name="Open">The offer that has no answer.</param>
/// <param name="IsOurs">Whether it is, or is to be, this side's.</param>
internal readonly record struct OfferState(OpenOffer Open, bool IsOurs)
{
    /// <summary>Nothing is open.</summary>
    internal static OfferState Settled => default;

    /// <summary>True when nothing is open.</summary>
    internal bool IsSettled => Open == OpenOffer.None;
}
