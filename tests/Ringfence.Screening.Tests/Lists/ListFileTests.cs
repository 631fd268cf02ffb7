using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;

namespace Ringfence.Screening.Tests.Lists;

public sealed class ListFileTests
{
    [Fact]
    public void A_file_may_mix_lines_columns_comments_and_a_heading()
    {
        var import = Read(
            "\uFEFFnumber;label",
            "# a comment",
            "",
            "+33199001234;scam",
            "+33199001235,\"bank, so they say\"",
            "+33199001236\tsurvey",
            "\"+33199001237\"",
            "  +3377*   # all of these",
            "!+33771234567",
            "+33199002000..+33199002999",
            "mallory@example.com"
        );
        import.Rejected.ShouldBeEmpty();
        import.Totals.Lines.ShouldBe(11);
        import.Totals.Accepted.ShouldBe(8);
        var list = import.List.ShouldNotBeNull();
        list.Count.ShouldBe(8);
        LabelOf(list, "+33199001234").ShouldBe("scam");
        LabelOf(list, "+33199001235").ShouldBe("bank, so they say");
        LabelOf(list, "+33199001236").ShouldBe("survey");
        list.TryFind(Party.Parse("+33199001237"), out _).ShouldBeTrue();
        list.TryFind(Party.Parse("+33770000000"), out _).ShouldBeTrue();
        list.TryFind(Party.Parse("+33771234567"), out _).ShouldBeFalse();
    }

    [Fact]
    public void Every_fault_is_reported_with_its_line_and_nothing_is_half_loaded()
    {
        var import = Read("+33199001234", "nonsense", "+33199001235", "+33x*", "\"+331", new string('1', 5000));
        import.List.ShouldBeNull();
        import.Rejected.Select(r => r.Line).ShouldBe([2, 4, 5, 6]);
        import.Rejected[0].Text.ShouldBe("nonsense");
        import.Rejected[0].Fault.ShouldContain("neither a number");
        import.Rejected[1].Fault.ShouldContain("prefix");
        import.Rejected[2].Fault.ShouldContain("not closed");
        import.Rejected[3].Text.Length.ShouldBe(80);
        import.Totals.ShouldBe(
            new ListProgress(Lines: 6, Accepted: 2, Rejected: 4, Characters: import.Totals.Characters)
        );
    }

    [Fact]
    public void As_many_rejects_as_allowed_let_the_rest_load()
    {
        Read(1, "+33199001234", "bad").List.ShouldNotBeNull().Count.ShouldBe(1);
        Read(1, "+33199001234", "bad", "worse").List.ShouldBeNull();
    }

    [Fact]
    public void A_heading_is_passed_over_once()
    {
        Read("phone,why", "+33199001234").List.ShouldNotBeNull().Count.ShouldBe(1);
        Read("phone,why", "number,label", "+33199001234").Rejected.Single().Line.ShouldBe(2);
        Read("nonsense", "+33199001234").Rejected.Single().Line.ShouldBe(1);
    }

    [Fact]
    public void Rejects_are_counted_all_and_kept_up_to_a_thousand()
    {
        var import = Read([.. Enumerable.Repeat("1x", 1500)]);
        import.Totals.Rejected.ShouldBe(1500);
        import.Rejected.Length.ShouldBe(1000);
    }

    [Fact]
    public void Progress_is_told_on_the_way_and_at_the_end()
    {
        var progress = new Seen();
        using var text = new StringReader(string.Join('\n', Enumerable.Range(0, 150_000).Select(n => $"+33{n:D9}")));
        ListFile
            .Read(text, progress: progress, cancellation: TestContext.Current.CancellationToken)
            .List.ShouldNotBeNull();
        progress.All.Select(p => p.Lines).ShouldBe([65_536, 131_072, 150_000]);
        progress.All[^1].Accepted.ShouldBe(150_000);
    }

    [Fact]
    public void A_cancelled_import_ends()
    {
        using var text = new StringReader(string.Join('\n', Enumerable.Repeat("+33199001234", 70_000)));
        Should.Throw<OperationCanceledException>(() =>
            ListFile.Read(text, cancellation: new CancellationToken(canceled: true))
        );
    }

    [Fact]
    public void Each_entry_that_is_taken_is_heard_as_it_was_written()
    {
        var heard = new List<string>();
        using var text = new StringReader("number,label\n+33 1 99,a\n# no entry\nnonsense\n\"+33*\";\"b, c\"\n");

        ListFile.Read(
            text,
            allowedRejects: 1,
            taken: (entry, label) => heard.Add($"{entry}|{label}"),
            cancellation: TestContext.Current.CancellationToken
        );

        heard.ShouldBe(["+33 1 99|a", "+33*|b, c"]);
    }

    private static string? LabelOf(NumberList list, string number)
    {
        list.TryFind(Party.Parse(number), out var match).ShouldBeTrue();
        return match.Label;
    }

    private static ListImport Read(params string[] lines) => Read(0, lines);

    private static ListImport Read(int allowed, params string[] lines)
    {
        using var text = new StringReader(string.Join("\r\n", lines));
        return ListFile.Read(text, allowed);
    }

    private sealed class Seen : IProgress<ListProgress>
    {
        public List<ListProgress> All { get; } = [];

        public void Report(ListProgress value) => All.Add(value);
    }
}
