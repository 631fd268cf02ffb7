using System.Text.Json;

namespace Ringfence.Tests;

public sealed class CodeCommandTests
{
    [Fact]
    public async Task A_code_is_explained()
    {
        CommandResult result = await Command.RunAsync("code", "607");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldStartWith("607 Unwanted");
        result.Output.ShouldNotContain("\e[", Case.Sensitive, "no colours where there is no terminal");
    }

    [Theory]
    [InlineData("unwanted", "607")]
    [InlineData("nothing is heard before the answer", "183")]
    public async Task Words_find_codes(string words, string code) =>
        (await Command.RunAsync("code", words)).Output.ShouldContain(code);

    [Fact]
    public async Task Json_is_json() =>
        JsonDocument
            .Parse((await Command.RunAsync("compare", "607", "183", "--json")).Output)
            .RootElement.GetProperty("a")
            .GetProperty("code")
            .GetInt32()
            .ShouldBe(183);

    [Theory]
    [InlineData(1, "code", "699")]
    [InlineData(1, "code", "zzzzqqqq")]
    [InlineData(2, "compare", "607", "607")]
    [InlineData(2, "compare", "607", "699")]
    [InlineData(2, "code", "607", "--lang", "xx")]
    [InlineData(2, "code", "--list", "--class", "9xx")]
    public async Task What_cannot_be_answered_is_said_on_the_error_output(int code, params string[] arguments)
    {
        CommandResult result = await Command.RunAsync(arguments);

        result.ExitCode.ShouldBe(code);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldStartWith("ringfence: ");
    }

    [Fact]
    public async Task A_class_is_listed()
    {
        CommandResult result = await Command.RunAsync("code", "--list", "--class", "6xx");

        result.Output.ShouldContain("608");
        result.Output.ShouldNotContain("486 ");
    }
}
