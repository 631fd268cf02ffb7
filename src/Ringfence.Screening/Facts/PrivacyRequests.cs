namespace Ringfence.Screening.Facts;

/// <summary>The priv-values of a Privacy header (RFC 3323 §4.2; RFC 3325 §9.3; RFC 7044 §10.1).</summary>
[Flags]
public enum PrivacyRequests : byte
{
    /// <summary>None asked for.</summary>
    None = 0,

    /// <summary>"header"</summary>
    Header = 1,

    /// <summary>"session"</summary>
    Session = 2,

    /// <summary>"user"</summary>
    User = 4,

    /// <summary>"id"</summary>
    Id = 8,

    /// <summary>"history"</summary>
    History = 16,

    /// <summary>"critical"</summary>
    Critical = 32,
}
