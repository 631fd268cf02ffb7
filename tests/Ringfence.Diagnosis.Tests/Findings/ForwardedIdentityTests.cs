using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>Forwarded calls and compact tokens: what the verifier refuses has a finding that says why.</summary>
public sealed class ForwardedIdentityTests
{
    private const string Called = "33140000002";
    private const string First = "33140000005";
    private const string Second = "33140000006";

    public static TheoryData<string, string[], bool> Chains() =>
        new()
        {
            { First, [First, Called], false },
            { First, [First, Second, Called], false },
            { First, ["33140000007", Called], true },
            { First, [], true },
            { "", [First, Called], true },
            { Called, [], false },
        };

    [Theory]
    [MemberData(nameof(Chains))]
    public void A_forwarded_call_is_for_whom_its_diversions_lead_to(string signedFor, string[] way, bool isWrong)
    {
        List<string> identities = [];
        if (signedFor.Length > 0)
        {
            identities.Add(Signed(signedFor, null));
        }

        // The last diversion first: their order in the request says nothing.
        for (var hop = way.Length - 1; hop > 0; hop--)
        {
            identities.Add(Signed(way[hop], way[hop - 1]));
        }

        var diagnosis = new Script().A("INVITE", Script.Offer, string.Concat(identities)).B(200).Diagnose();
        diagnosis.Findings.Any(finding => finding.Id == "BK-19").ShouldBe(isWrong);
        var outcome = diagnosis.VerificationOf(diagnosis.Trace.Calls[0])!.Outcome;
        outcome.ShouldBe(isWrong ? VerificationOutcome.Failed : VerificationOutcome.Passed);
    }

    [Theory]
    [InlineData("", "", Fault.CompactWithoutDate)]
    [InlineData("Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n", ";ppt=shaken", Fault.CompactNotPermitted)]
    public void A_compact_token_that_cannot_be_verified_is_found(string date, string kind, Fault fault)
    {
        var signature = Signed(Called, null).Split(';')[0].Split('.')[^1];
        var identity = $"Identity: ..{signature};info=<{SignedFiles.Url("chain")}>;alg=ES256{kind}\r\n";
        new Script()
            .A("INVITE", Script.Offer, date + identity)
            .B(200)
            .Diagnose()
            .Findings.Single(finding => finding.Id == "BK-21")
            .Values["fault"]
            .ShouldBe(fault.ToString());
    }

    private static string Signed(string dest, string? div)
    {
        var type = div is null ? PassportType.Shaken : PassportType.Div;
        var url = SignedFiles.Url("chain");
        var claims = new PassportClaims
        {
            IssuedAt = 1_700_000_000,
            Orig = ClaimedIdentity.Number("33140000001"),
            Dest = [ClaimedIdentity.Number(dest)],
            Div = div is null ? null : ClaimedIdentity.Number(div),
            Attest = div is null ? Attestation.A : default,
            OrigId = div is null ? "de305d54-75b4-431b-adb2-eb6b9e546014" : null,
        };
        var input = PassportWriter.SigningInput(claims, type, url);
        var token = PassportWriter.Full(input, SignedFiles.Signature("chain", input));
        return $"Identity: {IdentityHeader.Format(token, url, type)}\r\n";
    }
}
