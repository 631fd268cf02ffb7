using System.Net;

namespace Ringfence.Media.Sdp;

/// <summary>The <c>o=</c> line: who made the session and which version of it this is (RFC 8866 section 5.2).</summary>
/// <param name="Username">User name without spaces, or <c>-</c>.</param>
/// <param name="SessionId">Identifies the session together with the other fields.</param>
/// <param name="Version">Grows by one with every change of the description (RFC 3264 section 8).</param>
/// <param name="Address">Address of the machine, as text: an IP address or a domain name.</param>
public sealed record SdpOrigin(string Username, ulong SessionId, ulong Version, string Address)
{
    /// <summary>An origin of this process.</summary>
    /// <param name="address">Address of the machine.</param>
    /// <param name="sessionId">Unique number of the session, at most 2^62 (RFC 3264 section 5).</param>
    public static SdpOrigin Create(IPAddress address, ulong sessionId) =>
        new("-", sessionId, sessionId, address.ToString());

    /// <summary>The origin of the next, changed description.</summary>
    public SdpOrigin Next() => this with { Version = Version + 1 };

    /// <summary>Whether both belong to one session, whatever the versions.</summary>
    public bool SameSession(SdpOrigin other) =>
        SessionId == other.SessionId
        && string.Equals(Username, other.Username, StringComparison.Ordinal)
        && string.Equals(Address, other.Address, StringComparison.OrdinalIgnoreCase);
}
