namespace Ringfence.Sip.Dialogs;

/// <summary>The message that carried the offer which has no answer yet (RFC 6337 §2.2, table 1).</summary>
internal enum OpenOffer : byte
{
    /// <summary>None is open: either side may make one.</summary>
    None,

    /// <summary>None yet: an INVITE without one asks the far side of it for the offer.</summary>
    Due,

    /// <summary>INVITE or re-INVITE.</summary>
    Invite,

    /// <summary>A reliable provisional response.</summary>
    Reliable,

    /// <summary>The 2xx to an INVITE without an offer.</summary>
    Success,

    /// <summary>PRACK.</summary>
    Prack,

    /// <summary>UPDATE.</summary>
    Update,
}
