namespace Ringfence.Stir.Certificates;

/// <summary>What a departure from the SHAKEN certificate profile does.</summary>
public enum ProfileLevel : byte
{
    /// <summary>It is not looked at.</summary>
    Ignore,

    /// <summary>It is reported. What is met in the field departs in many points (issuers differ), so this is the default.</summary>
    Warn,

    /// <summary>The certificate is refused: 437.</summary>
    Deny,
}
