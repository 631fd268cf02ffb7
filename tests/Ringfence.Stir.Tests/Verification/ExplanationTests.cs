using System.Text;
using System.Text.Json;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Verification;

/// <summary>The verdict in words.</summary>
public sealed class ExplanationTests
{
    private readonly StirRig _rig = new();

    [Fact]
    public void A_token_that_passes_shows_every_step_in_order()
    {
        VerificationResult result = _rig.Verify(StirRig.Header(_rig.Shaken()));
        IReadOnlyList<StepExplanation> steps = Explanation.Steps(result, result.Identities[0], "en");

        steps
            .Select(step => step.Rule)
            .ShouldBe(
                Enum.GetValues<VerificationRule>()
                    .Where(rule => rule is not (VerificationRule.Diversion or VerificationRule.Chain))
            );
        steps.Select(step => step.Number).ShouldBe(Enumerable.Range(1, steps.Count));
        steps.ShouldAllBe(step =>
            step.Outcome == StepOutcome.Held
            && step.Finding == null
            && step.Section.Length > 0
            && step.Elapsed >= TimeSpan.Zero
        );
        steps
            .Single(step => step.Rule == VerificationRule.Originator)
            .Input.ShouldBe("orig 12155550121, caller 12155550121");
        steps.Single(step => step.Rule == VerificationRule.Freshness).Input.ShouldBe("iat 1700000000, now 1700000010");
        steps.Single(step => step.Rule == VerificationRule.Authority).Input.ShouldBe("12155550121 by 1234");
    }

    [Theory]
    [InlineData("en", "\"orig\" is not the caller that the request shows.")]
    [InlineData("fr", "«\u00a0orig\u00a0» n’est pas l’appelant que montre la requête.")]
    [InlineData("es", "«orig» no es el llamante que muestra la solicitud.")]
    [InlineData("de", "„orig“ ist nicht der Anrufer, den die Anfrage zeigt.")]
    [InlineData("nl", "\"orig\" is not the caller that the request shows.")]
    public void The_step_that_failed_says_so_in_the_language_asked_for(string language, string finding)
    {
        SignedCall call = StirRig.Call(StirRig.Header(_rig.Shaken()));
        var other = new SignedCall
        {
            Identities = call.Identities,
            RequestUri = call.RequestUri,
            From = "sip:bob@example.com"u8.ToArray(),
        };
        VerificationResult result = _rig.Verify(other);

        Explanation.Steps(result, result.Identities[0], language)[^1].Finding.ShouldBe(finding);
    }

    [Fact]
    public void Every_rule_and_every_fault_has_its_words_in_every_language()
    {
        foreach (string language in StepTexts.Languages)
        {
            Enum.GetValues<VerificationRule>().ShouldAllBe(rule => StepTexts.Title(rule, language).Length > 0);
            Enum.GetValues<Fault>()
                .Where(fault => fault != Fault.None)
                .ShouldAllBe(fault => StepTexts.Finding(fault, language).Length > 0);
        }
    }

    [Fact]
    public void Every_fault_belongs_to_a_rule_and_earns_a_status()
    {
        foreach (Fault fault in Enum.GetValues<Fault>().Where(fault => fault != Fault.None))
        {
            Enum.IsDefined(FaultStatus.RuleOf(fault)).ShouldBeTrue(fault.ToString());
            FaultStatus.Of(fault).Code.ShouldBeOneOf(403, 428, 436, 437, 438);
        }
    }

    [Fact]
    public void A_long_input_is_cut_between_characters()
    {
        string claims = StirRig.ClaimsJson.Replace(
            "[\"12155550131\"]",
            "[\"12155550131\"],\"uri\":[\"" + string.Concat(Enumerable.Repeat("😀", 80)) + "\"]",
            StringComparison.Ordinal
        );
        VerificationResult result = _rig.Verify(StirRig.Header(_rig.SignClaims(claims)));

        foreach (StepExplanation step in Explanation.Steps(result, result.Identities[0], "en"))
        {
            step.Input.EnumerateRunes().ShouldAllBe(rune => rune != Rune.ReplacementChar);
        }
    }

    [Fact]
    public void The_verdict_is_one_JSON_object()
    {
        VerificationResult result = _rig.Verify(StirRig.Header(_rig.Shaken()), StirRig.Header("a.b"));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Explanation.WriteJson(writer, result, "fr");
        }

        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        JsonElement root = json.RootElement;
        root.GetProperty("outcome").GetString().ShouldBe("Passed");
        root.GetProperty("attestation").GetString().ShouldBe("A");
        root.GetProperty("signer").GetString().ShouldBe("1234");
        root.GetProperty("identities").GetArrayLength().ShouldBe(2);
        JsonElement failed = root.GetProperty("identities")[1];
        failed.GetProperty("status").GetInt32().ShouldBe(438);
        failed.GetProperty("fault").GetString().ShouldBe("TokenParts");
        failed.GetProperty("steps")[1].GetProperty("finding").GetString().ShouldBe("Le jeton n’a pas trois parties.");
    }
}
