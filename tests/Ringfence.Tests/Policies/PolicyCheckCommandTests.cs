using System.Text.Json;

namespace Ringfence.Tests.Policies;

public sealed class PolicyCheckCommandTests : IDisposable
{
    private readonly Folder _folder = new();

    [Fact]
    public async Task Every_mistake_is_told_with_line_and_remedy()
    {
        string file = _folder.Write(
            "p.yaml",
            """
            policy:
              - { name: a, when: { callr: "+33*" }, then: refuse 608 }
              - { name: b, when: { attestation: D }, then: refuse 200 }
              - { name: c, then: dance }
            """
        );

        CommandResult result = await Command.RunAsync("policy", "check", file);

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain($"{file}:2:24: error: there is no fact 'callr'; did you mean 'caller'?");
        result.Output.ShouldContain($"{file}:3:37: error: 'attestation' is never 'D'");
        result.Output.ShouldContain($"{file}:3:48: error: '200' is no code that refuses a call");
        result.Output.ShouldContain($"{file}:4:22: error: 'dance' is nothing that a rule can do");
        result.Output.ShouldContain("4 errors");
        result.Output.ShouldNotContain("\e[");
    }

    [Fact]
    public async Task Rules_that_can_never_decide_and_codes_that_contradict_who_decided_are_warned_of()
    {
        string file = _folder.Write(
            "p.yaml",
            """
            - { name: wide, when: { caller: "+33*" }, then: refuse 607 }
            - { name: narrow, when: { caller: "+33199*" }, then: progress }
            """
        );

        CommandResult usable = await Command.RunAsync("policy", "check", file);
        CommandResult strict = await Command.RunAsync("policy", "check", file, "--strict", "--json");

        usable.ExitCode.ShouldBe(0);
        usable.Output.ShouldContain("'narrow' can never decide: 'wide' (line 1) holds for every call");
        strict.ExitCode.ShouldBe(1);
        JsonElement json = JsonDocument.Parse(strict.Output).RootElement;
        json.GetProperty("usable").GetBoolean().ShouldBeTrue();
        json.GetProperty("mistakes")[0].GetProperty("severity").GetString().ShouldBe("warning");
        json.GetProperty("mistakes")[0].GetProperty("remedy").GetString().ShouldStartWith("write 'refuse 608'");
    }

    [Fact]
    public async Task Of_a_whole_configuration_the_names_of_lists_and_trunks_are_known()
    {
        string file = _folder.Write(
            "ringfence.yaml",
            """
            trunks: [ { name: carrier-a, from: [ 192.0.2.0/24 ] } ]
            lists: [ { name: spam, numbers: [ "+33900*" ] } ]
            policy: [ { when: { trunk: carier-a, caller-in: spma }, then: refuse } ]
            """
        );

        CommandResult result = await Command.RunAsync("policy", "check", file);

        result.Output.ShouldContain("no trunk is named 'carier-a'; did you mean 'carrier-a'?");
        result.Output.ShouldContain("no list is named 'spma'; choose from: spam");
    }

    [Fact]
    public async Task The_policy_that_ships_is_sound_and_can_be_printed_and_read_again()
    {
        CommandResult shown = await Command.RunAsync("policy", "show");
        CommandResult check = await Command.RunAsync(
            "policy",
            "check",
            _folder.Write("p.yaml", shown.Output),
            "--strict"
        );

        check.ExitCode.ShouldBe(0, check.Output);
        (await Command.RunAsync("policy", "check", "/nowhere/p.yaml")).ExitCode.ShouldBe(2);
    }

    public void Dispose() => _folder.Dispose();
}
