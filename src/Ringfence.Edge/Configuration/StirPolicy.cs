namespace Ringfence.Edge.Configuration;

/// <summary>What a trunk's calls have from the verification of their Identity headers.</summary>
public enum StirPolicy : byte
{
    /// <summary>Verified and recorded, a fact for the policy; the signer hears of failures by Reason (RFC 9410).</summary>
    Observe,

    /// <summary>As <see cref="Observe"/>, and the callee is told by verstat.</summary>
    Mark,

    /// <summary>As <see cref="Mark"/>, and what does not pass is refused: 403, 428, 436, 437, 438.</summary>
    Refuse,

    /// <summary>Nothing is verified: a trunk of one's own, whose calls are signed here.</summary>
    Off,
}
