using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Numbers;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>The parties of a request as a PASSporT may name them (RFC 8224 §8.3).</summary>
internal static class SignedParties
{
    public static List<ClaimedIdentity> Callers(TraceMessage invite) =>
        Of(invite, HeaderId.PAssertedIdentity, HeaderId.From);

    public static List<ClaimedIdentity> Callees(TraceMessage invite)
    {
        var found = Of(invite, HeaderId.To);
        if (SipIdentity.From(invite.Request!.RequestUri, NumberPlan.Global) is { } target)
        {
            found.Add(target);
        }

        return found;
    }

    private static List<ClaimedIdentity> Of(TraceMessage invite, params ReadOnlySpan<HeaderId> headers)
    {
        var found = new List<ClaimedIdentity>();
        foreach (var header in headers)
        {
            foreach (var item in invite.Sip.Items(header))
            {
                if (
                    NameAddr.TryParse(item, out var address)
                    && SipIdentity.From(address.Uri, NumberPlan.Global) is { } party
                )
                {
                    found.Add(party);
                }
            }
        }

        return found;
    }
}
