namespace Ringfence.Sip.BackToBack;

/// <summary>One of the two legs of a back-to-back call.</summary>
public enum Leg : byte
{
    /// <summary>Towards the caller.</summary>
    Caller,

    /// <summary>Towards the callee.</summary>
    Callee,
}
