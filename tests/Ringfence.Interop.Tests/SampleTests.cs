using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests;

/// <summary>The samples, as programs of their own.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task The_caller_calls_the_callee_and_hears_its_183()
    {
        using TestFolder folder = new();
        int port = FreePort.Next();
        using ForeignProgram callee = await StartAsync(folder, "Uas", $"udp:127.0.0.1:{port}");
        using ForeignProgram caller = Start(folder, "Uac", $"sip:bob@127.0.0.1:{port}");

        (await caller.EndAsync(TimeSpan.FromSeconds(20))).ShouldBe(0, caller.Output);
        caller
            .Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["183 with early media", "200", "ByeSent"]);
        await QuitAsync(callee);
    }

    [Fact]
    public async Task The_proxy_rings_two_callees_and_one_answers()
    {
        using TestFolder folder = new();
        int[] ports = [FreePort.Next(), FreePort.Next(), FreePort.Next()];
        using ForeignProgram one = await StartAsync(folder, "Uas", $"udp:127.0.0.1:{ports[0]}");
        using ForeignProgram two = await StartAsync(folder, "Uas", $"udp:127.0.0.1:{ports[1]}");
        using ForeignProgram proxy = await StartAsync(
            folder,
            "ForkingProxy",
            $"udp:127.0.0.1:{ports[2]}",
            $"sip:127.0.0.1:{ports[0]}",
            $"sip:127.0.0.1:{ports[1]}"
        );
        using ForeignProgram caller = Start(folder, "Uac", $"sip:bob@127.0.0.1:{ports[2]}");

        (await caller.EndAsync(TimeSpan.FromSeconds(20))).ShouldBe(0, caller.Output);
        string[] heard = caller.Output.Split(
            '\n',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        heard.ShouldBe(["183 with early media", "183 with early media", "200", "ByeSent"]);
        await proxy.SaysAsync($"sip:bob@127.0.0.1:{ports[2]}: 200", TimeSpan.FromSeconds(5));
        await QuitAsync(proxy);
        await QuitAsync(one);
        await QuitAsync(two);
    }

    [Fact]
    public async Task The_callee_is_answered_to_by_SIPp()
    {
        Sipp.Need();
        using TestFolder folder = new();
        int port = FreePort.Next();
        using ForeignProgram callee = await StartAsync(folder, "Uas", $"udp:127.0.0.1:{port}");
        SippScript script = new SippScript()
            .Invite()
            .Expect(100, optional: true)
            .Expect(183, matching: ["P-Early-Media: sendonly", "application/sdp"])
            .Expect(200, routes: true)
            .InDialog("ACK", 1)
            .InDialog("BYE", 2)
            .Expect(200);
        using SippRun caller = Sipp.Caller(folder, script, port);

        await caller.SucceedsAsync(() => callee.Output);
        await QuitAsync(callee);
    }

    private static ForeignProgram Start(TestFolder folder, string sample, params string[] arguments) =>
        ForeignProgram.Start("dotnet", folder.Path, [TestFolder.Beside($"{sample}.dll"), .. arguments]);

    private static async Task<ForeignProgram> StartAsync(TestFolder folder, string sample, params string[] arguments)
    {
        ForeignProgram program = Start(folder, sample, arguments);
        await program.SaysAsync("listening on", TimeSpan.FromSeconds(20));
        return program;
    }

    private static async Task QuitAsync(ForeignProgram program)
    {
        program.Type("");
        (await program.EndAsync(TimeSpan.FromSeconds(10))).ShouldBe(0, program.Output);
    }
}
