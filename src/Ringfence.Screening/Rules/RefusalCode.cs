namespace Ringfence.Screening.Rules;

/// <summary>The code that a rule refuses with. The value is the SIP status, but for <see cref="NetworkBlocked"/>.</summary>
public enum RefusalCode : ushort
{
    /// <summary>The rule names none: the code follows from who decided.</summary>
    ByWhoDecided = 0,

    /// <summary>403 Forbidden</summary>
    Forbidden = 403,

    /// <summary>404 Not Found</summary>
    NotFound = 404,

    /// <summary>410 Gone</summary>
    Gone = 410,

    /// <summary>428 Use Identity Header (RFC 8224 §6.2.2)</summary>
    UseIdentityHeader = 428,

    /// <summary>433 Anonymity Disallowed (RFC 5079 §4)</summary>
    AnonymityDisallowed = 433,

    /// <summary>436 Bad Identity Info (RFC 8224 §6.2.2)</summary>
    BadIdentityInfo = 436,

    /// <summary>437 Unsupported Credential (RFC 8224 §6.2.2)</summary>
    UnsupportedCredential = 437,

    /// <summary>438 Invalid Identity Header (RFC 8224 §6.2.2)</summary>
    InvalidIdentityHeader = 438,

    /// <summary>480 Temporarily Unavailable: this device only</summary>
    TemporarilyUnavailable = 480,

    /// <summary>486 Busy Here: this device only</summary>
    BusyHere = 486,

    /// <summary>600 Busy Everywhere</summary>
    BusyEverywhere = 600,

    /// <summary>603 Decline: the user, without saying why</summary>
    Decline = 603,

    /// <summary>604 Does Not Exist Anywhere</summary>
    DoesNotExistAnywhere = 604,

    /// <summary>607 Unwanted (RFC 8197): the user</summary>
    Unwanted = 607,

    /// <summary>608 Rejected (RFC 8688): an intermediary</summary>
    Rejected = 608,

    /// <summary>603 Network Blocked, "603+" (ATIS-1000099): an intermediary, towards peers that ask for it</summary>
    NetworkBlocked = 1603,
}
