namespace Ringfence.Media.RtpEngine;

/// <summary>What a command speaks of.</summary>
/// <param name="CallId">The call.</param>
/// <param name="FromTag">The side whose media it is; in an offer the offerer; null where the whole call is meant.</param>
/// <param name="ToTag">The other side; null in an offer, and where all of the other sides are meant.</param>
/// <param name="ViaBranch">Tells the branches of a forked call apart; null for one branch.</param>
public readonly record struct RtpEngineLeg(
    string CallId,
    string? FromTag,
    string? ToTag = null,
    string? ViaBranch = null
);
