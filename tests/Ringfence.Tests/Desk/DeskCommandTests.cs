using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ringfence.Tests.Desk;

/// <summary>A running edge refuses a call; then its caller, its callee and its operator ask.</summary>
public sealed class DeskCommandTests : IAsyncLifetime
{
    private const string Caller = "+33900000001";
    private const string Callee = "+33199001234";
    private readonly Folder _folder = new();
    private Process? _edge;
    private string _pages = "";

    public async ValueTask InitializeAsync()
    {
        string file = _folder.Write(
            "ringfence.yaml",
            """
            listen: [ "udp:127.0.0.1:0" ]
            web: 127.0.0.1:0
            lanes: 1
            storage: sqlite:records.db
            lists: [ { name: blocked, numbers: [ "+33900*" ] } ]
            policy: [ { name: operator-blocks, when: { caller-in: blocked }, then: refuse 608 } ]
            """
        );
        (_edge, string? line) = await Command.StartAsync("run", "-c", file);
        while (line?.StartsWith("ready: ", StringComparison.Ordinal) == false)
        {
            line = await _edge.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        }

        Match ready = Regex.Match(
            line ?? "",
            "ready: udp:(\\S+?)[,;].*pages at (http://\\S+)",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        ready.Success.ShouldBeTrue(line);
        _pages = ready.Groups[2].Value.TrimEnd('/');
        CommandResult call = await Command.RunAsync([
            "call",
            $"sip:{Callee}@{ready.Groups[1].Value}",
            "--from",
            $"sip:{Caller}@127.0.0.1",
            "--expect",
            "608",
        ]);
        call.ExitCode.ShouldBe(0, call.Output + call.Error);
    }

    [Fact]
    public async Task A_refused_call_is_looked_up_explained_appealed_reported_and_the_report_taken_back()
    {
        JsonElement call = await CallAsync();
        call.GetProperty("verdict").GetString().ShouldBe("Refuse");
        CommandResult text = await Command.RunAsync(["lookup", Caller, .. AtEdge]);
        text.Output.ShouldContain($"{Caller}, France");
        text.Output.ShouldContain("blocked (+33900*)");
        text.Output.ShouldContain("1 calls this minute");

        await ExplainedAsync(call.GetProperty("redressToken").GetString()!);
        await ReportedAsync();

        CommandResult offline = await Command.RunAsync("lookup", Caller, "--data", _folder.Path("records.db"));
        offline.ExitCode.ShouldBe(0, offline.Error);
        offline.Output.ShouldMatch($"{Regex.Escape(Callee)} +Refuse +608");
        offline.Output.ShouldContain("reputation");
        offline.Output.ShouldContain("blocked (+33900*)");
        offline.Output.ShouldContain("1 calls this minute");
        offline.Output.ShouldContain("its latest call");
        CommandResult replay = await Command.RunAsync(
            "policy",
            "replay",
            "default",
            "default",
            _folder.Path("records.db")
        );
        replay.Output.ShouldContain("0 of 1 calls would fare differently", Case.Insensitive, replay.Error);
    }

    [Fact]
    public async Task Nothing_is_known_of_others_and_an_edge_that_is_not_there_is_named()
    {
        CommandResult unknown = await Command.RunAsync(["lookup", "+33612345678", .. AtEdge]);
        CommandResult guess = await Command.RunAsync(["why", new string('A', 22), .. AtEdge]);
        CommandResult nowhere = await Command.RunAsync("lookup", Caller, "--edge", "http://127.0.0.1:1");
        CommandResult senseless = await Command.RunAsync("report", Caller);

        unknown.ExitCode.ShouldBe(1);
        guess.ExitCode.ShouldBe(1, guess.Error);
        guess.Output.ShouldNotContain("608");
        nowhere.ExitCode.ShouldBe(2);
        nowhere.Error.ShouldContain("no edge answers at http://127.0.0.1:1");
        senseless.Error.ShouldContain("name CALLER and --callee");
    }

    public async ValueTask DisposeAsync()
    {
        if (_edge is { HasExited: false } edge)
        {
            edge.Kill();
            await edge.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        _edge?.Dispose();
        _folder.Dispose();
    }

    private string[] AtEdge => ["--edge", _pages];

    private async Task ExplainedAsync(string token)
    {
        CommandResult why = await Command.RunAsync(["why", token, "--lang", "fr", .. AtEdge]);
        why.ExitCode.ShouldBe(0, why.Error);
        why.Output.ShouldContain("608 Rejected");
        why.Output.ShouldNotContain(Callee);

        CommandResult appeal = await Command.RunAsync(["why", token, "--appeal", "We are the pharmacy", .. AtEdge]);
        appeal.Output.ShouldContain("appeal: open", Case.Insensitive, appeal.Error);
    }

    private async Task ReportedAsync()
    {
        CommandResult report = await Command.RunAsync(["report", Caller, "--callee", Callee, .. AtEdge]);
        report.ExitCode.ShouldBe(0, report.Error);
        report.Output.ShouldContain($"{Caller} is on the block list of {Callee} until ");
        report.Output.ShouldContain("does not count: no call is known whose number was validly signed");

        (await Command.RunAsync(["list", "of", Callee, .. AtEdge])).Output.ShouldMatch(
            $"{Regex.Escape(Caller)} +blocked .*Command"
        );
        CommandResult undo = await Command.RunAsync(["report", Caller, "--callee", Callee, "--undo", .. AtEdge]);
        undo.Output.ShouldContain($"{Caller} is off the list of {Callee}");
        (await Command.RunAsync(["report", Caller, "--callee", Callee, "--undo", .. AtEdge])).ExitCode.ShouldBe(1);

        CommandResult allow = await Command.RunAsync(["list", "of", Callee, "--allow", Caller, .. AtEdge]);
        allow.Output.ShouldMatch($"{Regex.Escape(Caller)} +allowed .*always");
    }

    /// <summary>The record of the call; records are written a moment after a call is over.</summary>
    private async Task<JsonElement> CallAsync()
    {
        while (true)
        {
            CommandResult known = await Command.RunAsync(["lookup", Caller, "--json", .. AtEdge]);
            known.ExitCode.ShouldBeLessThan(2, known.Error);
            JsonElement calls = JsonDocument.Parse(known.Output).RootElement.GetProperty("calls");
            if (calls.GetArrayLength() > 0)
            {
                return calls[0];
            }

            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
