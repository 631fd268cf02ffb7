namespace Ringfence.Screening.Facts;

/// <summary>Why a call may have to do with an emergency. A call with any of these is never refused and never challenged.</summary>
/// <remarks>
/// Who fills in the facts sets <see cref="CallBack"/> only for a caller that it has reason to believe: RFC 7090 §4 warns that a
/// header alone is an invitation.
/// </remarks>
[Flags]
public enum EmergencyContext : byte
{
    /// <summary>It has not.</summary>
    None = 0,

    /// <summary>The callee is an emergency service (112, 911, urn:service:sos).</summary>
    Call = 1,

    /// <summary>An emergency service calls back (RFC 7090 "psap-callback").</summary>
    CallBack = 2,

    /// <summary>The callee rang an emergency service a short while ago: rescuers may call from any number.</summary>
    Window = 4,
}
