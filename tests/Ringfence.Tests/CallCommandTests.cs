using System.Diagnostics;
using System.Text.Json;

namespace Ringfence.Tests;

/// <summary>The test caller calls the test callee.</summary>
public sealed class CallCommandTests
{
    [Fact]
    public async Task Early_media_is_recorded_and_named()
    {
        string wav = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.wav");
        (Process callee, string address) = await CalleeAsync(
            "--progress",
            "183",
            "--early-media",
            "--ringback",
            "fr",
            "--after",
            "6"
        );
        using (callee)
        {
            CommandResult result = await Command.RunAsync(
                "call",
                $"sip:+33199001234@{address}",
                "--record",
                wav,
                "--expect",
                "183,200",
                "--talk",
                "0.2",
                "--json"
            );

            callee.Kill();
            result.ExitCode.ShouldBe(0, result.Output + result.Error);
            JsonElement early = JsonDocument.Parse(result.Output).RootElement.GetProperty("early");
            early.GetProperty("heard").GetString().ShouldStartWith("ringback of France");
            early.GetProperty("lost").GetInt32().ShouldBe(0);
            new FileInfo(wav).Length.ShouldBeGreaterThan(8_000 * 2 * 5);
        }

        File.Delete(wav);
    }

    [Theory]
    [InlineData("--early-session", true)]
    [InlineData("--early-media", false)]
    public async Task Early_media_comes_in_an_early_session_where_both_know_them(string callees, bool isEarlySession)
    {
        (Process callee, string address) = await CalleeAsync("--progress", "183", callees, "--after", "3");
        using (callee)
        {
            CommandResult result = await Command.RunAsync(
                "call",
                $"sip:x@{address}",
                "--early-session",
                "--expect",
                "183,200",
                "--talk",
                "0.2",
                "--json"
            );

            callee.Kill();
            result.ExitCode.ShouldBe(0, result.Output + result.Error);
            JsonElement early = JsonDocument.Parse(result.Output).RootElement.GetProperty("early");
            early.GetProperty("session").GetBoolean().ShouldBe(isEarlySession);
            early.GetProperty("packets").GetInt32().ShouldBeGreaterThan(100);
            early.GetProperty("heard").GetString()!.ShouldNotBe("nothing");
        }
    }

    [Fact]
    public async Task A_refusal_is_told_and_an_expectation_that_fails_ends_with_1()
    {
        (Process callee, string address) = await CalleeAsync("--refuse", "607", "--after", "0", "--progress", "0");
        using (callee)
        {
            CommandResult expected = await Command.RunAsync("call", $"sip:x@{address}", "--expect", "607");
            CommandResult other = await Command.RunAsync("call", $"sip:x@{address}", "--expect", "200");

            callee.Kill();
            expected.ExitCode.ShouldBe(0, expected.Output + expected.Error);
            expected.Output.ShouldContain("607 Unwanted");
            other.ExitCode.ShouldBe(1, other.Output + other.Error);
        }
    }

    [Fact]
    public async Task A_caller_that_gives_up_gets_487()
    {
        (Process callee, string address) = await CalleeAsync("--after", "60");
        using (callee)
        {
            CommandResult result = await Command.RunAsync(
                "call",
                $"sip:x@{address}",
                "--cancel-after",
                "0.5",
                "--expect",
                "180,487"
            );

            callee.Kill();
            result.ExitCode.ShouldBe(0, result.Output + result.Error);
        }
    }

    [Theory]
    [InlineData("call", "not-a-uri")]
    [InlineData("call", "sip:x@127.0.0.1:9", "--expect", "abc")]
    [InlineData("call", "sip:x@127.0.0.1:9", "--header", "no colon")]
    [InlineData("answer", "--listen", "udp:here")]
    [InlineData("answer", "--ringback", "zz")]
    [InlineData("answer", "--refuse", "200")]
    public async Task Wrong_arguments_are_said_and_end_with_2(params string[] arguments)
    {
        CommandResult result = await Command.RunAsync(arguments);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldStartWith("ringfence: ");
    }

    private static async Task<(Process Process, string Address)> CalleeAsync(params string[] arguments)
    {
        (Process process, string line) = await Command.StartAsync([
            "answer",
            "--listen",
            "udp:127.0.0.1:0",
            .. arguments,
        ]);
        line.ShouldStartWith("ready: udp:");
        return (process, line["ready: udp:".Length..]);
    }
}
