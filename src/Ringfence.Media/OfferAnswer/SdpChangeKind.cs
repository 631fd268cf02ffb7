namespace Ringfence.Media.OfferAnswer;

/// <summary>What differs between two descriptions that one side sent in one dialog.</summary>
public enum SdpChangeKind
{
    /// <summary>Another session: the <c>o=</c> line names another one.</summary>
    Session,

    /// <summary>The body differs and the version did not grow, which RFC 3264 section 8 forbids.</summary>
    VersionNotRaised,

    /// <summary>The version grew by more than one (RFC 3264 section 8 wants one).</summary>
    VersionJumped,

    /// <summary>A medium was added at the end.</summary>
    MediaAdded,

    /// <summary>A medium is no longer there, which RFC 3264 section 8 forbids.</summary>
    MediaRemoved,

    /// <summary>A medium now has another kind.</summary>
    MediaKind,

    /// <summary>A medium that was active is now rejected.</summary>
    Rejected,

    /// <summary>A medium that was rejected is now active.</summary>
    Revived,

    /// <summary>Another connection address.</summary>
    Address,

    /// <summary>Another port.</summary>
    Port,

    /// <summary>Another transport, such as RTP/SAVP for RTP/AVP.</summary>
    Protocol,

    /// <summary>Another direction.</summary>
    Direction,

    /// <summary>Other formats, or in another order.</summary>
    Formats,

    /// <summary>A payload type stands for another encoding, which RFC 3264 section 8.3.2 forbids.</summary>
    PayloadTypeRemapped,

    /// <summary>Another packet time.</summary>
    PacketTime,

    /// <summary>Other keys.</summary>
    Crypto,
}
