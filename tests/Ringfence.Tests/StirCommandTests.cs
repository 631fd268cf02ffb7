using System.Diagnostics;
using System.Text.Json;

namespace Ringfence.Tests;

/// <summary><c>ringfence sign</c>, <c>verify</c> and <c>cert</c>: what they print, what they end with, and how they are joined by pipes.</summary>
public sealed class StirCommandTests(DemoHierarchy hierarchy) : IClassFixture<DemoHierarchy>
{
    private const string X5u = "https://cert.example/chain.pem";
    private const string Orig = "+12155550121";
    private const string Dest = "+12155550131";
    private readonly string _folder = hierarchy.Folder;

    [Fact]
    public async Task What_is_signed_is_verified_step_by_step()
    {
        string identity = await SignAsync();

        CommandResult result = await VerifyAsync(identity, "--from", Orig, "--to", Dest);

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain(
            $"passed: attestation A, signed by 1234; verstat=TN-Validation-Passed{Environment.NewLine}"
        );
        result.Output.ShouldContain(" 15  holds   The signature is the signer's.");
        result.Output.ShouldNotContain("taken from the token");
        result.Output.ShouldNotContain("\e[");
    }

    [Theory]
    [InlineData("+12155550199", Dest, "438 Invalid Identity Header")]
    [InlineData(Orig, "+12155550199", "438 Invalid Identity Header")]
    public async Task Another_caller_or_callee_does_not_pass(string from, string to, string says)
    {
        CommandResult result = await VerifyAsync(await SignAsync(), "--from", from, "--to", to);

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("FAILS");
        result.Output.ShouldContain(says);
    }

    [Fact]
    public async Task Json_has_the_verdict_and_every_step()
    {
        CommandResult result = await VerifyAsync(await SignAsync(), "--json", "--lang", "de");

        result.ExitCode.ShouldBe(0, result.Error);
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        root.GetProperty("outcome").GetString().ShouldBe("Passed");
        root.GetProperty("identities")[0].GetProperty("steps").GetArrayLength().ShouldBe(16);
    }

    [Fact]
    public async Task An_identity_may_come_by_a_pipe_and_so_may_a_chain()
    {
        string identity = await SignAsync();
        CommandResult verified = await PipeAsync(
            "Identity: " + identity + "\n",
            "verify",
            "--trust",
            File("root.pem"),
            "--chain",
            File("chain.pem")
        );
        verified.ExitCode.ShouldBe(0, verified.Error);

        CommandResult inspected = await PipeAsync(
            await System.IO.File.ReadAllTextAsync(File("chain.pem"), TestContext.Current.CancellationToken),
            "cert",
            "-",
            "--json"
        );
        inspected.ExitCode.ShouldBe(0, inspected.Error);
        JsonDocument
            .Parse(inspected.Output)
            .RootElement.GetProperty("chain")[0]
            .GetProperty("codes")[0]
            .GetString()
            .ShouldBe("1234");
    }

    [Fact]
    public async Task A_whole_message_is_verified_as_of_when_it_was_signed()
    {
        string identity = await SignAsync("--at", "2026-12-01T12:00:00Z");
        string message =
            $"INVITE sip:{Dest}@b.example SIP/2.0\nVia: SIP/2.0/UDP a.example;branch=z9hG4bK1\nFrom: <sip:{Orig}@a.example>;tag=1\n"
            + $"To: <sip:{Dest}@b.example>\nCall-ID: 1\nCSeq: 1 INVITE\nMax-Forwards: 70\nIdentity: {identity}\n\n";
        string file = File("invite.sip");
        await System.IO.File.WriteAllTextAsync(file, message, TestContext.Current.CancellationToken);

        (await VerifyAsync(file, "--at", "iat")).ExitCode.ShouldBe(0);
        CommandResult later = await VerifyAsync(file, "--at", "2026-12-01T13:00:00Z");
        later.ExitCode.ShouldBe(1);
        later.Output.ShouldContain("403 Stale Date");
    }

    [Fact]
    public async Task A_revocation_list_is_looked_at_and_must_be_its_issuers()
    {
        string identity = await SignAsync();
        string[] list = ["--crl", File("crl.der"), "--crl-issuer"];

        (await VerifyAsync(identity, [.. list, File("crl-issuer.pem")])).ExitCode.ShouldBe(0);
        CommandResult foreign = await VerifyAsync(identity, [.. list, File("root.pem")]);
        foreign.ExitCode.ShouldBe(2);
        foreign.Error.ShouldContain("no revocation list that --crl-issuer signed");
    }

    [Fact]
    public async Task Signing_as_json_says_what_was_signed()
    {
        CommandResult result = await RunSignAsync("--json", "--attest", "B");

        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        root.GetProperty("identity").GetString()!.ShouldEndWith($";info=<{X5u}>;alg=ES256;ppt=\"shaken\"");
        (root.GetProperty("orig").GetString(), root.GetProperty("dest")[0].GetString()).ShouldBe(
            (Orig[1..], Dest[1..])
        );
    }

    [Fact]
    public async Task A_diversion_is_signed_beside_its_token()
    {
        string shaken = await SignAsync();
        string div = await SignAsync("--div", Dest, "--dest", "+12155550142");
        div.ShouldContain("ppt=\"div\"");

        CommandResult result = await VerifyAsync($"{shaken}, {div}", "--from", Orig, "--to", "+12155550142");
        result.Output.ShouldContain("Identity 2 Div");
    }

    [Theory]
    [InlineData("--attest", "D")]
    [InlineData("--origid", "7")]
    [InlineData("--at", "tomorrow")]
    [InlineData("--x5u", "cert.example")]
    [InlineData("--x5u", "https://cert.example/a?b")]
    [InlineData("--orig", "bob")]
    [InlineData("--key", "nowhere.pem")]
    [InlineData("--chain", "nowhere.pem")]
    public async Task An_argument_of_no_use_is_named(string option, string value)
    {
        CommandResult result = await RunSignAsync(option, value);

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldStartWith("ringfence: ");
        result.Error.ShouldContain(value);
    }

    [Fact]
    public async Task A_key_of_another_certificate_signs_nothing()
    {
        CommandResult result = await RunSignAsync("--key", File("root-key.pem"), "--chain", File("chain.pem"));

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("is of another key than");
    }

    [Theory]
    [InlineData("nothing.to.verify", "--trust", "nowhere.pem")]
    [InlineData("hello", "--trust", "root.pem")]
    [InlineData("a.b.c;info=<https://a.example/b>", "--trust", "root.pem", "--lang", "xx")]
    [InlineData("a.b.c;info=<https://a.example/b>", "--trust", "root.pem", "--at", "noon")]
    [InlineData("a.b.c;info=<https://a.example/b>", "--trust", "root.pem", "--from", "bob")]
    [InlineData("a.b.c;info=<https://a.example/b>", "--trust", "key.pem")]
    public async Task What_cannot_be_verified_ends_with_two(params string[] arguments)
    {
        CommandResult result = await Command.RunAsync(["verify", .. arguments.Select(Placed)]);

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldStartWith("ringfence: ");
    }

    [Theory]
    [InlineData(0, "leads to a trusted root", "chain.pem", "--trust", "root.pem")]
    [InlineData(1, "path", "chain.pem", "--trust", "crl-issuer.pem")]
    [InlineData(0, "1234", "chain.pem")]
    [InlineData(2, "", "key.pem")]
    [InlineData(2, "", "nowhere.pem")]
    [InlineData(2, "")]
    public async Task A_chain_is_inspected(int exitCode, string says, params string[] arguments)
    {
        CommandResult result = await Command.RunAsync(["cert", .. arguments.Select(Placed)]);

        result.ExitCode.ShouldBe(exitCode, result.Error);
        result.Output.ShouldContain(says);
        (exitCode == 2).ShouldBe(result.Error.StartsWith("ringfence: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hierarchy_that_is_there_is_kept()
    {
        string before = await System.IO.File.ReadAllTextAsync(File("root.pem"), TestContext.Current.CancellationToken);

        CommandResult again = await Command.RunAsync("cert", "demo-ca", _folder);

        again.ExitCode.ShouldBe(0);
        again.Output.ShouldContain("it is kept");
        (await System.IO.File.ReadAllTextAsync(File("root.pem"), TestContext.Current.CancellationToken)).ShouldBe(
            before
        );
    }

    [Fact]
    public async Task A_hierarchy_is_complete_and_its_keys_are_its_owners()
    {
        string[] files =
        [
            .. Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)).Where(name => name != "invite.sip"),
        ];
        files.ShouldBe(
            [
                "chain.pem",
                "crl-issuer-key.pem",
                "crl-issuer.pem",
                "crl.der",
                "intermediate-key.pem",
                "intermediate.pem",
                "key.pem",
                "root-key.pem",
                "root.pem",
            ],
            ignoreOrder: true
        );
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.GetUnixFileMode(File("key.pem")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await Command.RunAsync("cert", "demo-ca", File("other"), "--code", "?")).ExitCode.ShouldBe(2);
    }

    private string File(string name) => Path.Combine(_folder, name);

    private string Placed(string argument) =>
        argument.EndsWith(".pem", StringComparison.Ordinal) ? File(argument) : argument;

    private async Task<string> SignAsync(params string[] more)
    {
        CommandResult result = await RunSignAsync(more);
        result.ExitCode.ShouldBe(0, result.Error);
        return result.Output.Trim();
    }

    /// <summary>Signs; an option given once more takes the place of the usual one.</summary>
    private Task<CommandResult> RunSignAsync(params string[] more)
    {
        Dictionary<string, string> options = new(StringComparer.Ordinal)
        {
            ["--key"] = File("key.pem"),
            ["--x5u"] = X5u,
            ["--orig"] = Orig,
            ["--dest"] = Dest,
        };
        List<string> flags = [];
        for (int at = 0; at < more.Length; at++)
        {
            if (more[at] == "--json")
            {
                flags.Add(more[at]);
            }
            else
            {
                options[more[at]] = more[++at];
            }
        }

        return Command.RunAsync([
            "sign",
            .. options.SelectMany(option => (string[])[option.Key, option.Value]),
            .. flags,
        ]);
    }

    private Task<CommandResult> VerifyAsync(string input, params string[] more) =>
        Command.RunAsync(["verify", input, "--trust", File("root.pem"), "--chain", File("chain.pem"), .. more]);

    private static async Task<CommandResult> PipeAsync(string input, params string[] arguments)
    {
        using Process process = Command.Start(arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CommandResult(process.ExitCode, output, await error);
    }
}
