using System.Text.Json;

namespace Ringfence.Tests.Policies;

public sealed class PolicyTryCommandTests : IDisposable
{
    private readonly Folder _folder = new();

    [Fact]
    public async Task Each_rule_is_shown_with_why_it_held_or_not()
    {
        CommandResult result = await Command.RunAsync([
            "policy",
            "try",
            "default",
            "--attestation",
            "C",
            "--rate",
            "calls-per-minute=40",
            "--rate",
            "distinct-callees=50",
        ]);

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("challenge press-digit, decided by the operator, rule fast-dialler");
        result.Output.ShouldContain("40 calls in the last minute");
        result.Output.ShouldMatch("no +bad-reputation +refuse 608 +reputation: < 30 \\(it was: 100\\)");
        result.Output.ShouldMatch("decided +fast-dialler");
    }

    [Fact]
    public async Task What_goes_on_the_wire_follows_from_who_decided_and_from_the_peer()
    {
        string[] call = ["policy", "try", "default", "--reputation", "10", "--reporters", "5", "--attestation", "A"];

        CommandResult plain = await Command.RunAsync(call);
        CommandResult us = await Command.RunAsync([.. call, "--peer", "603+"]);
        CommandResult user = await Command.RunAsync([.. call, "--list", "callee.blocked"]);

        plain.Output.ShouldContain("SIP/2.0 608 Rejected");
        us.Output.ShouldContain("SIP/2.0 603 Network Blocked");
        us.Output.ShouldContain("v=analytics1;url=");
        user.Output.ShouldContain("SIP/2.0 607 Unwanted");
        user.Output.ShouldContain("decided by the user");
    }

    [Fact]
    public async Task The_facts_of_a_trial_are_those_of_a_record_and_can_be_tried_again()
    {
        CommandResult first = await Command.RunAsync([
            .. new[] { "policy", "try", "default", "--json", "--caller", "sip:mallory@example.com", "--privacy", "id" },
            .. new[] { "--diversion", "+33199000000", "--at", "2026-11-22T23:30:00+01:00", "--list", "blocked" },
            .. new[] { "--display-name", "Bank", "--emergency", "window", "--trunk", "carrier-a", "--dialled" },
        ]);
        JsonElement facts = JsonDocument.Parse(first.Output).RootElement.GetProperty("facts");
        facts.GetProperty("diversions")[0].GetString().ShouldBe("+33199000000");
        facts.GetProperty("privacy").GetString().ShouldBe("Id");
        facts.GetProperty("history").GetProperty("dialled").GetBoolean().ShouldBeTrue();
        facts.GetProperty("displayName").GetString().ShouldBe("Bank");
        first.Output.ShouldContain("\"decidedBy\": \"Emergency\"");

        CommandResult again = await Command.RunAsync([
            "policy",
            "try",
            "default",
            "--json",
            "--facts",
            _folder.Write("call.json", facts.GetRawText()),
        ]);

        again.Output.ShouldBe(first.Output);
    }

    [Fact]
    public async Task A_configuration_brings_its_own_lists()
    {
        string file = _folder.Write(
            "ringfence.yaml",
            """
            lists: [ { name: spam, numbers: [ "+33900*" ] } ]
            policy: [ { name: spam, when: { caller-in: spam }, then: refuse 608 } ]
            """
        );

        CommandResult result = await Command.RunAsync(
            "policy",
            "try",
            file,
            "--caller",
            "+33900123456",
            "--lang",
            "fr"
        );

        result.Output.ShouldContain("refuse 608");
        result.Output.ShouldContain("spam (+33900*)");
        result.Output.ShouldContain("l’appelant");
    }

    [Fact]
    public async Task Every_wrong_option_is_told_at_once()
    {
        CommandResult result = await Command.RunAsync([
            "policy",
            "try",
            "default",
            "--rate",
            "speed=1",
            "--attestation",
            "Q",
            "--at",
            "noon",
            "--peer",
            "x",
            "--quiet",
            "y",
        ]);

        result.ExitCode.ShouldBe(2);
        foreach (string option in (string[])["--rate speed=1", "--attestation Q", "--at noon", "--peer x", "--quiet y"])
        {
            result.Error.ShouldContain(option);
        }
    }

    public void Dispose() => _folder.Dispose();
}
