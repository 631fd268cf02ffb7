namespace Ringfence.Sip.Dialogs;

/// <summary>What the session description of a message is.</summary>
internal enum DescriptionRole : byte
{
    /// <summary>There is none, or it may not be there.</summary>
    None,

    /// <summary>An offer.</summary>
    Offer,

    /// <summary>The answer to the open offer.</summary>
    Answer,

    /// <summary>
    /// A copy of what counts elsewhere: the answer to come, in a provisional response that is not reliable, or the one that has
    /// been given (RFC 3261 §13.2.1, RFC 6337 §3.1.1). It changes nothing.
    /// </summary>
    Copy,
}
