using Ringfence.Stir.Certificates;

namespace Ringfence.Stir.Tests.Certificates;

/// <summary>RFC 8226 §9.</summary>
public sealed class TnAuthListTests
{
    [Fact]
    public void A_list_of_all_three_kinds_is_written_as_RFC_8226_has_it()
    {
        var list = new TnAuthList(["1234"], [new("12155550100", 50), new("12155550199", 1)]);

        Convert
            .ToHexString(list.Encode())
            .ShouldBe("302BA006160431323334A1123010160B3132313535353530313030020132A20D160B3132313535353530313939");
        TnAuthList.TryRead(list.Encode(), out TnAuthList? read).ShouldBeTrue();
        read!.ServiceProviderCodes.ShouldBe(["1234"]);
        read.Numbers.ShouldBe(list.Numbers);
    }

    [Theory]
    [InlineData("3008A006160431323334")]
    [InlineData("3008A006160438313848")]
    public void A_list_of_a_code_is_read(string hex) =>
        TnAuthList.TryRead(Convert.FromHexString(hex), out _).ShouldBeTrue();

    [Theory]
    [InlineData("", "empty")]
    [InlineData("3000", "no entry")]
    [InlineData("3008A006160431323334FF", "trailing data")]
    [InlineData("3008A0061604313233", "cut off")]
    [InlineData("3008A3061604313233 34", "unknown tag")]
    [InlineData("3006A004160231 FF", "no ASCII")]
    [InlineData("3004A0021600", "empty code")]
    [InlineData("300AA008160431323334 1600", "two values in one entry")]
    [InlineData("30080006160431323334", "primitive tag")]
    [InlineData("300BA109300716023130020101", "count of one")]
    [InlineData("300BA10930071602313002015B", "10 and 91 reach 10^2+1")]
    [InlineData("300BA109300716022A30020102", "range of stars")]
    [InlineData("3016A214161231323334353637383930313233343536373839", "19 digits")]
    [InlineData("3006A2041602612B", "letters")]
    public void A_list_that_breaks_the_syntax_is_refused(string hex, string why)
    {
        string digits = hex.Replace(" ", "", StringComparison.Ordinal);
        TnAuthList
            .TryRead(Convert.FromHexString(digits.Length % 2 == 0 ? digits : digits + "0"), out _)
            .ShouldBeFalse(why);
    }

    [Theory]
    [InlineData("12155550099", false)]
    [InlineData("12155550100", true)]
    [InlineData("12155550149", true)]
    [InlineData("12155550150", false)]
    [InlineData("2155550100", false)]
    [InlineData("012155550100", false)]
    [InlineData("1215555014*", false)]
    public void A_range_covers_its_numbers_and_no_other(string number, bool covered) =>
        new TnAuthList([], [new("12155550100", 50)]).Covers(number).ShouldBe(covered);

    [Fact]
    public void A_parent_encompasses_what_lies_within_one_of_its_ranges()
    {
        var parent = new TnAuthList([], [new("1000", 100), new("1100", 100), new("77", 1)]);

        parent.Encompasses(new TnAuthList([], [new("1010", 10), new("77", 1)])).ShouldBeTrue();
        parent.Encompasses(new TnAuthList([], [new("1199", 1)])).ShouldBeTrue();
        parent.Encompasses(new TnAuthList([], [new("1190", 11)])).ShouldBeFalse();
        parent.Encompasses(new TnAuthList([], [new("0999", 2)])).ShouldBeFalse();
        parent.Encompasses(new TnAuthList(["1234"], [])).ShouldBeFalse();
        new TnAuthList(["1234"], []).Encompasses(parent).ShouldBeTrue();
        new TnAuthList(["1234"], []).Encompasses(new TnAuthList(["5678"], [])).ShouldBeFalse();
    }

    [Fact]
    public void A_list_that_cannot_be_written_is_the_programmers_fault()
    {
        Should.Throw<ArgumentException>(() => new TnAuthList([], []));
        Should.Throw<ArgumentException>(() => new TnAuthList([], [new("99", 2)]));
    }
}
