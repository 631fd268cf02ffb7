namespace Ringfence.Sip.Transport;

/// <summary>Why a TLS connection was refused before anything was sent over it.</summary>
public enum TlsFault : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The handshake failed: no common version or cipher, no TLS at all, or the far end closed.</summary>
    Handshake,

    /// <summary>The far end showed no certificate.</summary>
    NoCertificate,

    /// <summary>Its certificate, or one above it, is not valid yet or no longer.</summary>
    Expired,

    /// <summary>Its certificate does not lead to a root that is trusted, or is not meant for this use.</summary>
    NotTrusted,

    /// <summary>A name in its certificate holds a NUL or another character that no name holds: somebody is to be deceived.</summary>
    BadName,

    /// <summary>Its certificate names other domains than the one asked for (RFC 5922 §7.3).</summary>
    WrongDomain,
}
