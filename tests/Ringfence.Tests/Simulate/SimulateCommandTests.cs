using System.Text.Json;

namespace Ringfence.Tests.Simulate;

public sealed class SimulateCommandTests : IDisposable
{
    private static readonly string[] Small = ["--calls", "20000", "--legitimate", "500", "--robocallers", "8"];
    private readonly Folder _folder = new();

    [Fact]
    public async Task The_same_seed_gives_the_same_figures()
    {
        CommandResult first = await Command.RunAsync(["simulate", .. Small]);
        CommandResult again = await Command.RunAsync(["simulate", .. Small]);

        first.ExitCode.ShouldBe(0, first.Error);
        again.Output.ShouldBe(first.Output);
        first.Output.ShouldMatch("catch rate 9\\d\\.\\d\\d %, false refusals 0\\.0\\d\\d %");
    }

    [Fact]
    public async Task A_policy_of_ones_own_is_put_to_the_test()
    {
        string nobody = _folder.Write("nobody.yaml", "- { name: nobody, then: refuse 608 }\n");

        CommandResult result = await Command.RunAsync(["simulate", nobody, "--json", .. Small]);

        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        json.GetProperty("catchRate").GetDouble().ShouldBe(1, 0.001);
        json.GetProperty("appeals").GetProperty("through").GetInt32().ShouldBe(0, "this policy knows no appeals");
        json.GetProperty("appeals").GetProperty("refused").GetInt32().ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Numbers_that_make_no_sense_are_told() =>
        (await Command.RunAsync("simulate", "--robocalls", "1.5")).Error.ShouldContain("--robocalls: a part from 0");

    public void Dispose() => _folder.Dispose();
}
