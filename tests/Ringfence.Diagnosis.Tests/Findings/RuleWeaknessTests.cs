using Ringfence.Diagnosis.Findings;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>Where a rule has to look twice: gaps within one source, names for addresses, cards with another signer than the call.</summary>
public sealed class RuleWeaknessTests
{
    private const string O = Script.Offer;
    private const string S = Script.Answer;

    [Theory]
    [InlineData(2.0, 0.8, 8, true)]
    [InlineData(2.0, 0.1, 8, false)]
    [InlineData(2.0, 0.8, 13, false)]
    [InlineData(0.5, 0.8, 8, false)]
    public void A_gap_within_one_source_counts_where_it_lies_at_the_answer(
        double early,
        double gap,
        int type,
        bool found
    )
    {
        // The answer comes two seconds after the 183, whenever the gap is; its first packets may be comfort noise.
        var script = Start().B(183, S).Rtp(0.1, type: type).Rtp(early, from: 5).Wait(2).B(200, S);
        script.Wait(early + gap - 2.1).Rtp(4, from: 5 + (int)(early * 50));
        script.Diagnose().Findings.Any(f => f.Id == "EM-31").ShouldBe(found);
    }

    [Theory]
    [InlineData("pbx", true)]
    [InlineData("media.corp.local", true)]
    [InlineData("media.example.org", false)]
    [InlineData("anonymous.invalid", false)]
    public void A_name_that_means_nothing_elsewhere_is_no_address(string host, bool found)
    {
        var answer = S.Replace("IP4 198.51.100.1\r\nt", $"IP4 {host}\r\nt", StringComparison.Ordinal);
        var findings = Start().B(183, answer).Wait(1).B(200, answer).Diagnose().Findings;
        findings.SingleOrDefault(f => f.Id == "EM-05")?.Values["address"].ShouldBe(host);
        findings.Any(f => f.Id == "EM-05").ShouldBe(found);
    }

    [Theory]
    [InlineData("chain", false, null)]
    [InlineData("chain", true, "signature")]
    [InlineData("expired", false, "certificate")]
    [InlineData("foreign", false, "certificate")]
    [InlineData("unknown", true, null)]
    public void The_signature_of_a_card_is_checked_where_its_certificate_is_at_hand(
        string chain,
        bool spoilt,
        string? fault
    )
    {
        var (script, isChecked) = (
            FormScenarios.Understood().B(608, headers: SignedFiles.Card(chain, spoilt)),
            chain != "unknown"
        );
        var diagnosis = script.Diagnose();
        diagnosis.Findings.SingleOrDefault(f => f.Id == "BK-03")?.Values["card"].ShouldBe(fault);
        diagnosis.Findings.Any(f => f.Id == "BK-03").ShouldBe(fault is not null);
        diagnosis.NotChecked.Contains(NotChecked.NoCertificates).ShouldBe(!isChecked);
    }

    [Fact]
    public void Without_media_in_the_trace_a_183_without_description_is_likely_silence_and_not_certainly()
    {
        Confidence(Start().B(183).Wait(1).B(486)).ShouldBe(FindingConfidence.Likely);
        Confidence(Start().B(183).Wait(1).B(200, S).Rtp(1, toCaller: false)).ShouldBe(FindingConfidence.Certain);
        static FindingConfidence Confidence(Script script) =>
            script.Diagnose().Findings.Single(f => f.Id == "EM-01").Confidence;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_subscription_that_the_other_side_has_forgotten_is_found(bool forgotten)
    {
        var script = new Script().A("SUBSCRIBE", headers: "Event: presence\r\n").B(200, of: "SUBSCRIBE");
        script.A("SUBSCRIBE", headers: "Event: presence\r\n", cseq: 2, tag: "b");
        script.B(forgotten ? 481 : 200, of: "SUBSCRIBE", cseq: 2);
        script.Diagnose().Findings.Any(f => f.Id == "SG-11").ShouldBe(forgotten);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_refusal_of_a_request_that_the_trace_does_not_hold_is_an_answer_and_shows_a_later_try(bool later)
    {
        var script = Start().Wait(1).B(407).A("ACK", tag: "b");
        script = later ? script.Wait(20).B(100, cseq: 2).B(403, cseq: 2).Wait(20) : script.Wait(40);
        var findings = script.Call("2").A("OPTIONS").B(200, of: "OPTIONS").Diagnose().Findings;
        findings.Any(f => f.Id == "SG-03").ShouldBe(!later);
        findings.ShouldNotContain(f => f.Id == "SG-06");
    }

    private static Script Start() => new Script().A("INVITE", O).B(100);
}
