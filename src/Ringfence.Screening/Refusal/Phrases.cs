using Ringfence.Screening.Rules;

namespace Ringfence.Screening.Refusal;

/// <summary>Reason phrases of the codes that refuse, and the Q.850 cause that each one becomes (RFC 3398 §8.2.6.1, RFC 6432).</summary>
internal static class Phrases
{
    public static string Of(RefusalCode code) =>
        code switch
        {
            RefusalCode.Forbidden => "Forbidden",
            RefusalCode.NotFound => "Not Found",
            RefusalCode.Gone => "Gone",
            RefusalCode.UseIdentityHeader => "Use Identity Header",
            RefusalCode.AnonymityDisallowed => "Anonymity Disallowed",
            RefusalCode.BadIdentityInfo => "Bad Identity Info",
            RefusalCode.UnsupportedCredential => "Unsupported Credential",
            RefusalCode.InvalidIdentityHeader => "Invalid Identity Header",
            RefusalCode.TemporarilyUnavailable => "Temporarily Unavailable",
            RefusalCode.BusyHere => "Busy Here",
            RefusalCode.BusyEverywhere => "Busy Everywhere",
            RefusalCode.Decline => "Decline",
            RefusalCode.NetworkBlocked => "Network Blocked",
            RefusalCode.DoesNotExistAnywhere => "Does Not Exist Anywhere",
            RefusalCode.Unwanted => "Unwanted",
            RefusalCode.Rejected => "Rejected",
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not a code that refuses."),
        };

    /// <summary>True for the codes that verification may answer with (RFC 8224 §6.2.2; 403 is Stale Date).</summary>
    public static bool IsOfStir(RefusalCode code) =>
        code
            is RefusalCode.Forbidden
                or RefusalCode.UseIdentityHeader
                or RefusalCode.BadIdentityInfo
                or RefusalCode.UnsupportedCredential
                or RefusalCode.InvalidIdentityHeader;

    public static ReasonValue Q850(RefusalCode code, ReleaseLocation location) =>
        code switch
        {
            RefusalCode.NotFound or RefusalCode.DoesNotExistAnywhere => new(
                "Q.850",
                1,
                "Unallocated (unassigned) number",
                location
            ),
            RefusalCode.BusyHere or RefusalCode.BusyEverywhere => new("Q.850", 17, "User busy", location),
            RefusalCode.TemporarilyUnavailable => new("Q.850", 18, "No user responding", location),
            RefusalCode.Gone => new("Q.850", 22, "Number changed", location),
            _ => new("Q.850", 21, "Call rejected", location),
        };
}
