namespace Ringfence.Sip.Messages;

/// <summary>Who refreshes a session (RFC 4028 §4).</summary>
public enum Refresher : byte
{
    /// <summary>Not said.</summary>
    None,

    /// <summary>The caller's side of the refreshing transaction.</summary>
    Uac,

    /// <summary>The answering side of it.</summary>
    Uas,
}
