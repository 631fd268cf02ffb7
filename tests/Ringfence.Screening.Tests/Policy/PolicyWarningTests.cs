using Ringfence.Screening.Policy;

namespace Ringfence.Screening.Tests.Policy;

public sealed class PolicyWarningTests
{
    [Theory]
    [InlineData("{ then: progress }", "{ when: { trunk: a }, then: refuse 608 }")]
    [InlineData(
        "{ when: { attestation: [B, C] }, then: refuse 608 }",
        "{ when: { attestation: C, trunk: a }, then: progress }"
    )]
    [InlineData("{ when: { caller: \"+33*\" }, then: refuse 608 }", "{ when: { caller: \"+336*\" }, then: progress }")]
    [InlineData(
        "{ when: { caller: \"+33*\" }, then: refuse 608 }",
        "{ when: { caller: \"+33600..+33699\" }, then: progress }"
    )]
    [InlineData(
        "{ when: { caller: \"+33600..+33699\" }, then: refuse 608 }",
        "{ when: { caller: \"+33655\" }, then: progress }"
    )]
    [InlineData(
        "{ when: { caller: \"+33600..+33699\" }, then: refuse 608 }",
        "{ when: { caller: \"+33610..+33620\" }, then: progress }"
    )]
    [InlineData(
        "{ when: { caller: \"*@x.example\" }, then: refuse 608 }",
        "{ when: { caller: \"a@x.example\" }, then: progress }"
    )]
    [InlineData("{ when: { trunk: \"*\" }, then: refuse 608 }", "{ when: { trunk: \"b*\" }, then: progress }")]
    [InlineData(
        "{ when: { calls-per-minute: \"> 5\" }, then: refuse 608 }",
        "{ when: { calls-per-minute: \"> 50\" }, then: progress }"
    )]
    [InlineData(
        "{ when: { calls-per-minute: \"1..9\" }, then: refuse 608 }",
        "{ when: { calls-per-minute: 5 }, then: progress }"
    )]
    [InlineData("{ when: { caller-in: [a, b] }, then: refuse 608 }", "{ when: { caller-in: b }, then: progress }")]
    [InlineData(
        "{ when: { anonymous: true }, then: refuse 608 }",
        "{ when: { anonymous: true, trunk: b }, then: progress }"
    )]
    [InlineData(
        "{ when: { schedule: \"sat\" }, then: refuse 608 }",
        "{ when: { schedule: \"sat\" }, then: challenge say-who }"
    )]
    [InlineData("{ owner: user, then: progress }", "{ then: refuse 608 }")]
    [InlineData("{ then: refuse 608 }", "{ then: mark x }", false)]
    [InlineData("{ then: challenge say-who }", "{ then: refuse 608 }", false)]
    [InlineData("{ then: progress }", "{ owner: user, when: { trunk: a }, then: refuse 607 }", false)]
    [InlineData(
        "{ when: { attestation: C }, then: refuse 608 }",
        "{ when: { attestation: [B, C] }, then: progress }",
        false
    )]
    [InlineData(
        "{ when: { caller: \"+336*\" }, then: refuse 608 }",
        "{ when: { caller: \"+33*\" }, then: progress }",
        false
    )]
    [InlineData(
        "{ when: { caller: \"+336*\" }, then: refuse 608 }",
        "{ when: { callee: \"+336*\" }, then: progress }",
        false
    )]
    [InlineData(
        "{ when: { calls-per-minute: \"> 50\" }, then: refuse 608 }",
        "{ when: { calls-per-minute: \"> 5\" }, then: progress }",
        false
    )]
    [InlineData(
        "{ when: { trunk: a, attestation: C }, then: refuse 608 }",
        "{ when: { trunk: a }, then: progress }",
        false
    )]
    [InlineData(
        "{ when: { not: { trunk: a } }, then: refuse 608 }",
        "{ when: { not: { trunk: a } }, then: progress }",
        false
    )]
    public void A_rule_that_can_never_decide_is_told(string first, string second, bool isTold = true)
    {
        var mistakes = Calls.Parse($"  - {first}\n  - {second}\n").Mistakes;
        mistakes.Count(m => m.Message.Contains("can never decide", StringComparison.Ordinal)).ShouldBe(isTold ? 1 : 0);
        mistakes.ShouldAllBe(m => m.Severity == MistakeSeverity.Warning && m.Line >= 2);
    }

    [Theory]
    [InlineData("then: refuse 607", "607 says that the called user refused", "refuse 608")]
    [InlineData("owner: law, then: refuse 607", "607 says that the called user refused", "refuse 608")]
    [InlineData("owner: user, then: refuse 608", "608 says that an intermediary refused", "refuse 607")]
    [InlineData("owner: user, then: refuse 603+", "603+ says that the network refused", "refuse 607")]
    [InlineData("when: { caller-in: do-not-originate }, then: refuse 603+", "603+ is for analytics", "refuse 403")]
    [InlineData("then: refuse 603", "603 says that the called user refused", "refuse 608")]
    [InlineData("then: refuse 600", "600 says that the called user refused", "refuse 608")]
    [InlineData("then: refuse 480", "480 speaks for one device", "refuse 608")]
    [InlineData("then: refuse 486", "486 speaks for one device", "refuse 608")]
    [InlineData("when: { trunk: a }, then: refuse 438", "438 says that the caller's identity failed", "verification")]
    [InlineData("when: { trunk: a }, then: refuse 428", "428 says that the caller's identity failed", "verification")]
    [InlineData("when: { trunk: a }, then: refuse 433", "433 says that the caller withholds", "anonymous: true")]
    [InlineData("when: { trunk: a }, then: refuse 404", "404 says that the number does not exist", "refuse 608")]
    [InlineData("when: { trunk: a }, then: refuse 604", "604 says that the number does not exist", "refuse 608")]
    public void A_code_that_contradicts_who_decided_is_told(string rule, string message, string remedy)
    {
        var mistake = Calls.Parse($"  - {{ {rule} }}\n").Mistakes.ShouldHaveSingleItem();
        mistake.Severity.ShouldBe(MistakeSeverity.Warning);
        mistake.Line.ShouldBe(2);
        mistake.Message.ShouldContain(message);
        mistake.Remedy.ShouldContain(remedy);
    }

    [Theory]
    [InlineData("then: refuse")]
    [InlineData("then: refuse 608")]
    [InlineData("then: refuse 603+")]
    [InlineData("then: refuse 403")]
    [InlineData("owner: user, then: refuse 607")]
    [InlineData("owner: user, then: refuse 603")]
    [InlineData("owner: user, then: refuse 480")]
    [InlineData("owner: user, then: refuse 486")]
    [InlineData("owner: law, then: refuse 608")]
    [InlineData("when: { verification: absent }, then: refuse 428")]
    [InlineData("when: { failed-step: signature }, then: refuse 438")]
    [InlineData("when: { anonymous: true }, then: refuse 433")]
    [InlineData("when: { callee-in: unallocated }, then: refuse 604")]
    public void A_code_that_fits_is_not_told(string rule) =>
        Calls.Parse($"  - {{ {rule} }}\n").Mistakes.ShouldBeEmpty();
}
