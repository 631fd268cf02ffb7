namespace Ringfence.Sip.Dialogs;

/// <summary>Where the early session of a dialog stands (RFC 3959 §4).</summary>
internal enum EarlySessionPhase : byte
{
    /// <summary>Nothing has been offered.</summary>
    None,

    /// <summary>An offer waits for its answer.</summary>
    Offered,

    /// <summary>An offer has been answered, or was left without an answer where that belonged.</summary>
    Settled,

    /// <summary>The dialog is confirmed or over: so is every early session.</summary>
    Over,
}
