namespace Ringfence.Screening.Refusal;

/// <summary>What the peer that a refusal goes to can take.</summary>
/// <param name="Understands608">Its INVITE said <c>Feature-Caps: *;+sip.608</c>.</param>
/// <param name="Wants603Plus">Its trunk asks for 603 Network Blocked in place of 608.</param>
/// <param name="HearsEarlyMedia">Its INVITE offers media and supports 100rel, so that an announcement can reach the caller.</param>
public readonly record struct PeerTraits(
    bool Understands608 = false,
    bool Wants603Plus = false,
    bool HearsEarlyMedia = false
);
