using System.Globalization;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Identities;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Report;
using Ringfence.Diagnosis.Tests.Findings;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Tests.Report;

public sealed class IdentityReportTests
{
    [Fact]
    public void An_identity_that_was_verified_has_a_shield_that_passes()
    {
        var diagnosis = Signed().Diagnose();
        var ladder = LadderBuilder.Of(diagnosis.Trace.Calls[0], diagnosis.Findings, diagnosis: diagnosis);
        ladder.Arrows[0].Shield.ShouldBe(LadderShield.Passed);
        ladder.Arrows.Skip(1).ShouldAllBe(arrow => arrow.Shield == LadderShield.None);
        SvgLadder.Draw(ladder, new SvgOptions { Title = "call" }).ShouldContain("signed, verified");
    }

    [Fact]
    public void An_identity_that_nobody_could_verify_has_an_open_shield()
    {
        using var roots = new DemoAuthority(DateTimeOffset.UnixEpoch.AddYears(53), TimeSpan.FromDays(3_000));
        using var verifier = new IdentityVerifier(new TrustAnchors([roots.Root]), []);
        var diagnosis = CallDiagnosis.Of(Signed().Trace(), verifier);
        Shield(diagnosis).ShouldBe(LadderShield.Unverified);
        Text(diagnosis).ShouldContain("Identity: not verified: the signer's certificate was not given");
    }

    [Fact]
    public void An_identity_that_fails_in_any_step_has_a_shield_that_fails()
    {
        var identity = SignedFiles.Identity("chain");
        var dot = identity.LastIndexOf('.', identity.IndexOf(';', StringComparison.Ordinal));
        var spoilt = identity[..(dot + 5)] + (identity[dot + 5] == 'A' ? 'B' : 'A') + identity[(dot + 6)..];
        var diagnosis = Signed(spoilt).Diagnose();
        Shield(diagnosis).ShouldBe(LadderShield.Failed);
        Text(diagnosis).ShouldContain("FAILS");
    }

    [Fact]
    public void Another_identity_on_the_next_hop_is_not_judged_with_the_first()
    {
        var diagnosis = new Script()
            .A("INVITE", Script.Offer, $"Identity: {SignedFiles.Identity("chain")}\r\n")
            .Call("1", a: Script.BHost, b: "203.0.113.77")
            .A("INVITE", Script.Offer, "Identity: other\r\n")
            .Diagnose();
        var ladder = LadderBuilder.Of(diagnosis.Trace.Calls[0], [], diagnosis: diagnosis);
        ladder.Arrows.Select(arrow => arrow.Shield).ShouldBe([LadderShield.Passed, LadderShield.Unverified]);
    }

    [Theory]
    [InlineData("en", "Identity: verified, holds, A", "holds")]
    [InlineData("fr", "Identité\u00a0: vérifiée, valable, A", "conforme")]
    [InlineData("es", "Identidad: verificada, válida, A", "se cumple")]
    [InlineData("de", "Identität: geprüft, gültig, A", "erfüllt")]
    public void Reports_show_each_step_of_the_verification(string language, string verdict, string held)
    {
        var diagnosis = Signed().Diagnose();
        var steps = diagnosis
            .VerificationOf(diagnosis.Trace.Calls[0])!
            .Identities[0]
            .Steps.Count(step => step.Outcome == StepOutcome.Held);
        steps.ShouldBeGreaterThan(10);
        var text = Text(diagnosis, language);
        text.ShouldContain(verdict);
        text.Split('\n').Count(line => line.Contains($" {held}  ", StringComparison.Ordinal)).ShouldBe(steps);
        var html = Html(diagnosis, language);
        html.Split($"<td>{System.Net.WebUtility.HtmlEncode(held)}</td>").Length.ShouldBe(steps + 1);
    }

    [Fact]
    public void Reports_show_what_a_refusal_says_beside_its_code()
    {
        const string Plus =
            "Reason: SIP;cause=603;text=\"v=analytics1;url=https://example.org/r?a&b;tel=+15551234567\";location=TN\r\n";
        var diagnosis = new Script().A("INVITE", Script.Offer).B(603, headers: Plus).Diagnose();
        Text(diagnosis).ShouldContain("v analytics1, url https://example.org/r?a&b, tel +15551234567, location TN");
        Html(diagnosis).ShouldContain("<tr><td>url</td><td>https://example.org/r?a&amp;b</td></tr>");
    }

    private static LadderShield Shield(CallDiagnosis diagnosis) =>
        LadderBuilder.Of(diagnosis.Trace.Calls[0], diagnosis.Findings, diagnosis: diagnosis).Arrows[0].Shield;

    private static string Text(CallDiagnosis diagnosis, string language = "en")
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        TextReport.Write(text, diagnosis, new ReportOptions { Language = language, Width = 200 });
        return text.ToString();
    }

    private static string Html(CallDiagnosis diagnosis, string language = "en")
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        HtmlReport.Write(text, diagnosis, new ReportOptions { Language = language }, "trace");
        return text.ToString();
    }

    private static Script Signed(string? identity = null) =>
        new Script()
            .A("INVITE", Script.Offer, $"Identity: {identity ?? SignedFiles.Identity("chain")}\r\n")
            .B(200, Script.Answer)
            .A("ACK", tag: "b");
}
