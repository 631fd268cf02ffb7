namespace Ringfence.Sip.Dialogs;

/// <summary>Whose offer has no answer yet within a dialog (RFC 3264 §4, RFC 6337 §2).</summary>
internal enum OfferState : byte
{
    /// <summary>Nobody's: either side may make one.</summary>
    Settled,

    /// <summary>Ours.</summary>
    Ours,

    /// <summary>The far side's.</summary>
    Theirs,
}
