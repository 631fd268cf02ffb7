using Ringfence.Diagnosis.Findings;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>What reading the open captures taught: where a rule must keep still, and what it must say.</summary>
public sealed class RuleReadingTests
{
    private const string O = Script.Offer;

    [Fact]
    public void A_request_whose_CSeq_names_another_method_is_a_beginning_and_its_final_response_an_end()
    {
        var odd = new Script().A("INVITE", O).Spoilt("INVITE sip:", "INVITE1 sip:");
        Of("SG-30", odd)!.Values["what"].ShouldBe("direction");
        Of("SG-30", odd.B(487)).ShouldBeNull();
    }

    [Fact]
    public void A_final_response_without_a_CSeq_is_told_apart_from_none()
    {
        var script = new Script().A("INVITE", O).B(200).Spoilt("CSeq: 1 INVITE", "CSeq1 INVITE", isOfB: true);
        Of("SG-30", script)!.Values["what"].ShouldBe("CSeq");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Credentials_were_not_left_out_of_a_request_that_the_trace_does_not_hold(bool isSeen)
    {
        var script = isSeen ? new Script().A("REGISTER") : new Script();
        script.B(401, of: "REGISTER").Wait(5).Call("2").A("OPTIONS").B(200, of: "OPTIONS");
        (Of("SG-03", script) is not null).ShouldBe(isSeen);
    }

    [Theory]
    [InlineData("Allow-Events: dialog\r\n", "dialog")]
    [InlineData("", "Event: presence")]
    public void What_was_asked_for_is_shown_where_the_refusal_does_not_say_what_is_known(string headers, string said)
    {
        var script = new Script().A("PUBLISH", headers: "Event: presence\r\n").B(489, headers: headers, of: "PUBLISH");
        Of("SG-28", script)!.Values["said"].ShouldBe(said);
    }

    [Theory]
    [InlineData("chain", true)]
    [InlineData("expired", false)]
    public void A_call_whose_signature_does_not_hold_was_not_refused_for_its_attestation(string chain, bool found)
    {
        var claims = new PassportClaims
        {
            IssuedAt = 1_700_000_000,
            Orig = ClaimedIdentity.Number("33140000001"),
            Dest = [ClaimedIdentity.Number("33140000002")],
            Attest = Attestation.C,
            OrigId = "de305d54-75b4-431b-adb2-eb6b9e546014",
        };
        var identity = IdentityHeader.Format(
            SignedFiles.Token(chain, claims),
            SignedFiles.Url(chain),
            PassportType.Shaken
        );
        var script = new Script().A("INVITE", O, $"Identity: {identity}\r\n").B(603);
        (Of("BK-09", script) is not null).ShouldBe(found);
    }

    [Fact]
    public void The_answer_to_a_PRACK_that_names_another_response_is_evidence()
    {
        var script = new Script().A("INVITE", O).B(183, Script.Answer, "Require: 100rel\r\nRSeq: 5\r\n");
        script.A("PRACK", headers: "RAck: 5 2 INVITE\r\n", cseq: 2, tag: "b").B(481, of: "PRACK", cseq: 2);
        var finding = Of("EM-13", script)!;
        finding.Evidence.Count.ShouldBe(3);
        finding.Codes.ShouldContain(481);
    }

    [Theory]
    [InlineData("Authentication failed", "credentials")]
    [InlineData("Not authorized", null)]
    public void A_403_that_forbids_is_no_fault_of_credentials(string phrase, string? said) =>
        Of("BK-28", new Script().A("INVITE", O).B(403, phrase: phrase))?.Values["class"].ShouldBe(said);

    private static Finding? Of(string id, Script script) =>
        script.Diagnose().Findings.SingleOrDefault(finding => finding.Id == id);
}
