namespace Ringfence.Sip.Dialogs;

/// <summary>Where the early session of a dialog stands, and with whom.</summary>
/// <param name="Phase">Where.</param>
/// <param name="Open">The message that carried the open offer.</param>
/// <param name="IsOurs">True when that offer is this side's.</param>
internal readonly record struct EarlySessionState(EarlySessionPhase Phase, SessionMessage Open, bool IsOurs)
{
    /// <summary>An offer has been answered, or never will be.</summary>
    internal static EarlySessionState Settled { get; } = new(EarlySessionPhase.Settled, default, false);

    /// <summary>No early session any more.</summary>
    internal static EarlySessionState Over { get; } = new(EarlySessionPhase.Over, default, false);
}
