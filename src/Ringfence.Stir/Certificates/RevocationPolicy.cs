namespace Ringfence.Stir.Certificates;

/// <summary>What a missing or outdated revocation list does.</summary>
public enum RevocationPolicy : byte
{
    /// <summary>Lists are not looked at.</summary>
    Off,

    /// <summary>A revoked certificate is refused; a missing or outdated list is not held against the caller.</summary>
    WhenKnown,

    /// <summary>Without a list that is up to date (and its grace) the certificate is refused: 437.</summary>
    Required,
}
