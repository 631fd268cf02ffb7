namespace Ringfence.Sip.Dialogs;

/// <summary>Where a dialog stands (RFC 3261 §12).</summary>
public enum DialogState : byte
{
    /// <summary>Made by a provisional response.</summary>
    Early,

    /// <summary>Made or confirmed by a 2xx.</summary>
    Confirmed,

    /// <summary>Over.</summary>
    Terminated,
}
