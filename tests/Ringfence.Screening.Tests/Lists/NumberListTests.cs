using FsCheck;
using FsCheck.Fluent;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;

namespace Ringfence.Screening.Tests.Lists;

public sealed class NumberListTests
{
    [Theory]
    [InlineData("+33199001234", "+33199001234", ListMatchKind.Exact, "+33199001234")]
    [InlineData("+33199001234", "+33199001235", ListMatchKind.None, "")]
    [InlineData("+33199*", "+33199001234", ListMatchKind.Prefix, "+33199*")]
    [InlineData("+33199*", "+33199", ListMatchKind.Prefix, "+33199*")]
    [InlineData("+33199*", "+3319", ListMatchKind.None, "")]
    [InlineData("+33199*", "33199001234", ListMatchKind.None, "")]
    [InlineData("+33199001000..+33199001999", "+33199001000", ListMatchKind.Range, "+33199001000..+33199001999")]
    [InlineData("+33199001000-+33199001999", "+33199001999", ListMatchKind.Range, "+33199001000..+33199001999")]
    [InlineData("+33199001000..+33199001999", "+33199002000", ListMatchKind.None, "")]
    [InlineData("+33199001000..+33199001999", "+331990010001", ListMatchKind.None, "")]
    [InlineData("alice@example.com", "sip:Alice@example.com", ListMatchKind.Exact, "alice@example.com")]
    [InlineData("@example.com", "sip:bob@example.com", ListMatchKind.Domain, "@example.com")]
    [InlineData("*@example.com", "bob@example.com", ListMatchKind.Domain, "@example.com")]
    [InlineData("@example.com", "bob@evil.example.com", ListMatchKind.None, "")]
    [InlineData("anonymous", "sip:anonymous@anonymous.invalid", ListMatchKind.Exact, "anonymous")]
    [InlineData("tel:+33-199-001234", "+33199001234", ListMatchKind.Exact, "+33199001234")]
    [InlineData("112", "112", ListMatchKind.Exact, "112")]
    [InlineData("+3*", "+33199001234", ListMatchKind.Prefix, "+3*")]
    [InlineData("+3*", "+3", ListMatchKind.Prefix, "+3*")]
    [InlineData("+331990*", "+33199001234", ListMatchKind.Prefix, "+331990*")]
    [InlineData("+331990*", "+331991", ListMatchKind.None, "")]
    [InlineData("0033*", "0033199001234", ListMatchKind.Prefix, "0033*")]
    [InlineData("0033*", "+33199001234", ListMatchKind.None, "")]
    [InlineData("110..119", "112", ListMatchKind.Range, "110..119")]
    [InlineData("+33190000000..+33209999999", "+33200000000", ListMatchKind.Range, "+33190000000..+33209999999")]
    [InlineData("+331990012345678*", "+331990012345678", ListMatchKind.Prefix, "+331990012345678*")]
    public void An_entry_matches_what_it_says(string entry, string party, ListMatchKind kind, string shown)
    {
        ListOf(entry).TryFind(Party.Parse(party), out var match).ShouldBe(kind != ListMatchKind.None);
        match.Kind.ShouldBe(kind);
        match.Entry.ShouldBe(shown);
    }

    [Theory]
    [InlineData("+33199001234", "the number itself")]
    [InlineData("+33199001500", "the narrow range")]
    [InlineData("+33199001600", "the wide range")]
    [InlineData("+33199012345", "the long prefix")]
    [InlineData("+33112345678", "the short prefix")]
    public void The_most_specific_entry_speaks(string number, string label)
    {
        var list = ListOf(
            "+331*=the short prefix",
            "+33199*=the long prefix",
            "+33199001000..+33199001999=the wide range",
            "+33199001400..+33199001599=the narrow range",
            "+33199001234=the number itself"
        );
        list.TryFind(Party.Parse(number), out var match).ShouldBeTrue();
        match.Label.ShouldBe(label);
    }

    [Theory]
    [InlineData("+33611111111", true)]
    [InlineData("+33199001234", false)]
    [InlineData("+33199001235", true)]
    [InlineData("+33155000000", false)]
    [InlineData("+33144000055", false)]
    [InlineData("+33144000155", true)]
    public void An_exception_takes_a_part_out(string number, bool isOn) =>
        ListOf("+33*", "!+33199001234", "!+33155*", "!+33144000000..+33144000099")
            .TryFind(Party.Parse(number), out _)
            .ShouldBe(isOn);

    [Theory]
    [InlineData("bob@example.com", true)]
    [InlineData("alice@example.com", false)]
    public void An_address_can_be_the_exception_of_its_domain(string address, bool isOn) =>
        ListOf("@example.com", "!alice@example.com").TryFind(Party.Parse(address), out _).ShouldBe(isOn);

    [Fact]
    public void A_look_up_reads_one_line_of_the_cache_whether_the_number_is_there_or_not()
    {
        var builder = new NumberListBuilder();
        for (var n = 0; n < 50_000; n++)
        {
            builder.TryAdd($"+33{n:D9}", label: null, out _);
        }

        var list = builder.Build();
        Enumerable.Range(0, 50_000).Average(Lines).ShouldBeInRange(1, 1.1);
        Enumerable.Range(100_000, 50_000).Average(Lines).ShouldBeInRange(1, 1.02);

        int Lines(int n) => list.CountLines(Party.Parse($"+33{n:D9}").Number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("*")]
    [InlineData("+*")]
    [InlineData("+33a*")]
    [InlineData("+33..+34x")]
    [InlineData("+33199002000..+33199001000")]
    [InlineData("+331..+33199")]
    [InlineData("+3319900123456789")]
    [InlineData("nobody")]
    [InlineData("@")]
    [InlineData("@exa mple.com")]
    [InlineData("@exämple.com")]
    public void What_is_no_entry_is_refused_with_a_fault(string entry)
    {
        var builder = new NumberListBuilder();
        builder.TryAdd(entry, label: null, out var fault).ShouldBeFalse();
        fault.ShouldNotBeNullOrEmpty();
        builder.Build().Count.ShouldBe(0);
    }

    [Fact]
    public void Of_more_labels_than_fit_the_later_entries_have_none()
    {
        var builder = new NumberListBuilder();
        for (var i = 0; i < 300; i++)
        {
            builder.TryAdd($"+331990{i:D5}", $"label {i}", out _).ShouldBeTrue();
        }

        var list = builder.Build();
        list.TryFind(Party.Parse("+33199000254"), out var labelled).ShouldBeTrue();
        labelled.Label.ShouldBe("label 254");
        list.TryFind(Party.Parse("+33199000299"), out var plain).ShouldBeTrue();
        plain.Label.ShouldBeNull();
    }

    [Fact]
    public void A_list_agrees_with_a_set_of_its_numbers() =>
        Prop.ForAll(
                Gen.Choose(0, 5000).ListOf().ToArbitrary(),
                Gen.Choose(0, 5000).ListOf().ToArbitrary(),
                (numbers, asked) =>
                {
                    var list = ListOf([.. numbers.Select(n => $"+33{n}")]);
                    list.Count.ShouldBe(numbers.Distinct().Count());
                    foreach (var n in asked)
                    {
                        list.TryFind(Party.Parse($"+33{n}"), out _).ShouldBe(numbers.Contains(n));
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Ranges_agree_with_the_narrowest_that_holds_the_number() =>
        Prop.ForAll(
                Gen.Choose(1000, 1100).Two().ListOf().ToArbitrary(),
                pairs =>
                {
                    var ranges = pairs
                        .Select(p => (Low: Math.Min(p.Item1, p.Item2), High: Math.Max(p.Item1, p.Item2)))
                        .ToArray();
                    var list = ListOf([.. ranges.Select(r => $"+33{r.Low}..+33{r.High}")]);
                    for (var n = 995; n < 1105; n++)
                    {
                        var holding = ranges.Where(r => r.Low <= n && n <= r.High).ToArray();
                        list.TryFind(Party.Parse($"+33{n}"), out var match).ShouldBe(holding.Length > 0);
                        if (holding.Length > 0)
                        {
                            var width = holding.Min(r => r.High - r.Low);
                            holding
                                .Where(r => r.High - r.Low == width)
                                .Select(r => $"+33{r.Low}..+33{r.High}")
                                .ShouldContain(match.Entry);
                        }
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_lookup_allocates_nothing()
    {
        var list = ListOf("+33*", "+33199001000..+33199001999", "+33199001234", "@example.com");
        var parties = new[] { "+33199001234", "+33611111111", "+4411", "bob@example.com", "" }
            .Select(t => Party.Parse(t))
            .ToArray();
        AllocationOf(() =>
            {
                foreach (var party in parties)
                {
                    if (party.Form != PartyForm.Address)
                    {
                        list.TryFind(party, out _);
                    }
                }
            })
            .ShouldBe(0);
    }

    internal static long AllocationOf(Action act)
    {
        for (var i = 0; i < 50; i++)
        {
            act();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static NumberList ListOf(params string[] entries)
    {
        var builder = new NumberListBuilder();
        foreach (var entry in entries.Select(e => e.Split('=')))
        {
            builder.TryAdd(entry[0], entry.ElementAtOrDefault(1), out var fault).ShouldBeTrue(fault);
        }

        return builder.Build();
    }
}
