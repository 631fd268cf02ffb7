namespace Ringfence.Sip.Messages;

/// <summary>What a Privacy header asks for (RFC 3323 §4.2, RFC 3325 §9.3, RFC 7044 §10.1).</summary>
[Flags]
public enum PrivacyKinds
{
    /// <summary>No such header, or only values that nobody knows.</summary>
    Unsaid = 0,

    /// <summary>none: no privacy is to be applied.</summary>
    None = 1,

    /// <summary>header.</summary>
    Header = 2,

    /// <summary>session.</summary>
    Session = 4,

    /// <summary>user.</summary>
    User = 8,

    /// <summary>id: the asserted identity stays within the trust domain.</summary>
    Id = 16,

    /// <summary>history.</summary>
    History = 32,

    /// <summary>critical: fail rather than go without.</summary>
    Critical = 64,
}
