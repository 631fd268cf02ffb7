namespace Ringfence.Sip.Messages;

/// <summary>What a body is to be for, by its Content-Disposition (RFC 3261 §20.11, RFC 3959 §4).</summary>
internal enum BodyPurpose : byte
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>The session; what says nothing is.</summary>
    Session,

    /// <summary>Media before the answer.</summary>
    EarlySession,
}
