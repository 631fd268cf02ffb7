namespace Ringfence.Tests;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task The_demonstration_goes_as_it_should()
    {
        CommandResult result = await Command.RunAsync("demo", "--exit");

        result.ExitCode.ShouldBe(0, result.Output + result.Error);
        result.Output.ShouldContain("All four calls went as they should.");
        result.Output.ShouldContain("607 Unwanted");
        result.Output.ShouldContain("ringback of France");
        result.Output.ShouldContain("487 Request Terminated");
        result.Output.Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(100);
    }
}
