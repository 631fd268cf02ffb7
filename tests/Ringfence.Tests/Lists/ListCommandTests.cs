using System.Text.Json;

namespace Ringfence.Tests.Lists;

public sealed class ListCommandTests : IDisposable
{
    private const string Sound = """
        number,label
        +33199001234,scam
        +33199*
        "+33 1 99 00 20 00..+33199002999","a, b"
        !+33199002500
        mallory@example.com
        @spam.example

        """;

    private readonly Folder _folder = new();

    [Fact]
    public async Task Each_line_that_is_no_entry_is_told_with_its_number()
    {
        string broken = _folder.Write("broken.csv", "+33199001234\n+331x\n\n# a comment\n+1..2\n");

        CommandResult result = await Command.RunAsync("list", "check", broken, _folder.Write("sound.csv", Sound));
        CommandResult json = await Command.RunAsync("list", "check", broken, "--json");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain($"{broken}:2: \"+331x\": neither a number");
        result.Output.ShouldContain($"{broken}:5: \"+1..2\": the ends of a range");
        result.Output.ShouldContain("sound.csv: sound, 6 entries");
        JsonElement read = JsonDocument.Parse(json.Output).RootElement[0];
        read.GetProperty("accepted").GetInt32().ShouldBe(1);
        read.GetProperty("rejected")[1].GetProperty("line").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task An_import_adds_what_is_new_and_keeps_comments_and_labels()
    {
        string target = _folder.Write("blocked.txt", "# ours\n+33700,own\n");
        string source = _folder.Write("source.csv", Sound);

        CommandResult first = await Command.RunAsync("list", "import", source, "--to", target, "--label", "regulator");
        CommandResult again = await Command.RunAsync("list", "import", source, "--to", target);

        first.Output.ShouldContain("added 6, on it already 0");
        again.Output.ShouldContain("added 0, on it already 6");
        (await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken))
            .ReplaceLineEndings("\n")
            .ShouldBe(
                """
                # ours
                +33700,own
                +33199001234,scam
                +33199*,regulator
                +33 1 99 00 20 00..+33199002999,"a, b"
                !+33199002500,regulator
                mallory@example.com,regulator
                @spam.example,regulator

                """.ReplaceLineEndings("\n")
            );
    }

    [Fact]
    public async Task Nothing_is_half_loaded()
    {
        string target = _folder.Write("blocked.txt", "+33700,own\n");
        string broken = _folder.Write("broken.csv", "+33199001234\n+331x\n");

        CommandResult refused = await Command.RunAsync("list", "import", broken, "--to", target);
        string untouched = await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken);
        CommandResult allowed = await Command.RunAsync([
            "list",
            "import",
            broken,
            "--to",
            target,
            "--replace",
            "--allow-rejects",
            "1",
        ]);

        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain($"{broken}:2: \"+331x\"");
        untouched.ShouldBe("+33700,own\n");
        allowed.ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken)).Trim().ShouldBe("+33199001234");
        Directory.GetFiles(Path.GetDirectoryName(target)!).Length.ShouldBe(2, "nothing is left beside the list");
    }

    [Fact]
    public async Task The_entry_that_speaks_for_a_number_is_named()
    {
        string list = _folder.Write("list.csv", Sound);

        CommandResult exact = await Command.RunAsync("list", "find", "+33199001234", list);
        CommandResult range = await Command.RunAsync("list", "find", "+33199002501", list, "--json");
        CommandResult none = await Command.RunAsync("list", "find", "+33199002500", list);

        exact.Output.ShouldContain("+33199001234 (scam), exact");
        JsonElement hit = JsonDocument.Parse(range.Output).RootElement.GetProperty("lists")[0];
        hit.GetProperty("kind").GetString().ShouldBe("range");
        hit.GetProperty("label").GetString().ShouldBe("a, b");
        none.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Single_entries_are_added_and_removed()
    {
        string list = _folder.Path("list.txt");

        (await Command.RunAsync("list", "add", "+33700", "+33800*", "--to", list, "--label", "why")).ExitCode.ShouldBe(
            0
        );
        (await Command.RunAsync("list", "add", "+33x", "--to", list)).Error.ShouldContain("\"+33x\": neither a number");
        (await Command.RunAsync("list", "remove", "+33 7 00", "--from", list)).ExitCode.ShouldBe(0);
        CommandResult missing = await Command.RunAsync("list", "remove", "+33700", "--from", list);

        missing.ExitCode.ShouldBe(1);
        missing.Error.ShouldContain("+33700 is no entry");
        (await File.ReadAllTextAsync(list, TestContext.Current.CancellationToken)).Trim().ShouldBe("+33800*,why");
    }

    [Fact]
    public async Task The_lists_of_a_configuration_are_shown()
    {
        _folder.Write("dno.txt", "+33199001234\n+33199001235\n");
        string file = _folder.Write(
            "ringfence.yaml",
            "lists: [ { name: do-not-originate, file: dno.txt }, { name: own, numbers: [ \"+331*\" ] } ]\n"
        );

        CommandResult result = await Command.RunAsync("list", "show", file);

        result.Output.ShouldMatch("do-not-originate +2 ");
        result.Output.ShouldMatch("own +1 ");
    }

    public void Dispose() => _folder.Dispose();
}
