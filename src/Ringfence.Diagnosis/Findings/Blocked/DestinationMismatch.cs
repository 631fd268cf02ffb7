using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-19: the number in the PASSporT is not the one that was called, and no diversion leads from the one to the other.</summary>
internal sealed class DestinationMismatch() : Rule("BK-19", FindingSeverity.Error, FindingBasis.Must, "RFC 8224 §6.2")
{
    public override bool Applies(CallView call) => call.Passport is not null;

    public override Finding? Check(CallView call)
    {
        var callees = SignedParties.Callees(call.Invite!);
        var tokens = call.Identities.Select(identity => identity.Token).OfType<PassportToken>().ToList();
        return
            callees.Count == 0
            || tokens.Exists(token => token.Type == PassportType.DivO)
            || Reached(tokens).Overlaps(callees)
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                [call.Invite, call.Final],
                ("claimed", string.Join(", ", tokens.Select(Claimed))),
                ("called", string.Join(", ", callees.Select(c => c.Value).Distinct(StringComparer.Ordinal)))
            );
    }

    // From whom the call was for first, by each PASSporT of a diversion to whom it went next (RFC 8946 §4.2). One of kind div-o has the
    // first within itself.
    private static HashSet<ClaimedIdentity> Reached(List<PassportToken> tokens)
    {
        var reached = tokens.Where(token => !IsDiversion(token)).SelectMany(token => token.Claims.Dest).ToHashSet();
        var diversions = tokens.Where(IsDiversion).ToList();
        while (diversions.Find(token => token.Claims.Div is { } from && reached.Contains(from)) is { } next)
        {
            reached.UnionWith(next.Claims.Dest);
            diversions.Remove(next);
        }

        return reached;
    }

    private static bool IsDiversion(PassportToken token) => token.Type == PassportType.Div;

    private static string Claimed(PassportToken token)
    {
        var to = string.Join(", ", token.Claims.Dest.Select(dest => dest.Value));
        return token.Claims.Div is { } from ? $"{from.Value} > {to}" : to;
    }
}
