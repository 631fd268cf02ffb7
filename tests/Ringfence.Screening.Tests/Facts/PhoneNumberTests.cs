using FsCheck;
using FsCheck.Fluent;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Tests.Facts;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+33 1 99 00 12 34", "+33199001234")]
    [InlineData("+33-1-99.00(12)34", "+33199001234")]
    [InlineData("112", "112")]
    [InlineData("0033199001234", "0033199001234")]
    [InlineData("+999999999999999", "+999999999999999")]
    [InlineData("000000000000000", "000000000000000")]
    public void A_number_keeps_its_digits_and_its_plus(string text, string normal)
    {
        PhoneNumber.TryParse(text, out var number).ShouldBeTrue();
        number.ToString().ShouldBe(normal);
        number.Length.ShouldBe(normal.TrimStart('+').Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("-")]
    [InlineData("+3319900123456789")]
    [InlineData("33+1")]
    [InlineData("12a")]
    [InlineData("１２３")]
    public void What_is_no_number_is_refused(string text) => PhoneNumber.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_local_number_is_not_the_global_one_of_the_same_digits()
    {
        PhoneNumber.TryParse("33199001234", out var local).ShouldBeTrue();
        PhoneNumber.TryParse("+33199001234", out var global).ShouldBeTrue();
        local.ShouldNotBe(global);
        local.SharedDigits(global).ShouldBe(0);
        local.DifferingDigits(global).ShouldBe(PhoneNumber.MaxDigits);
    }

    [Fact]
    public void Any_digits_survive_the_packing_and_every_prefix_is_a_prefix() =>
        Prop.ForAll(
                Gen.Choose(0, 9)
                    .Select(d => (char)('0' + d))
                    .NonEmptyListOf()
                    .Select(l => string.Concat(l.Take(15)))
                    .ToArbitrary(),
                ArbMap.Default.ArbFor<bool>(),
                (digits, isGlobal) =>
                {
                    var text = (isGlobal ? "+" : "") + digits;
                    PhoneNumber.TryParse(text, out var number).ShouldBeTrue();
                    number.ToString().ShouldBe(text);
                    for (var length = 1; length <= digits.Length; length++)
                    {
                        number.Prefix(length).ToString().ShouldBe((isGlobal ? "+" : "") + digits[..length]);
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("+33199001234", "+33199001299", 9, 2)]
    [InlineData("+33199001234", "+33199001234", 11, 0)]
    [InlineData("+33199001234", "+44199001234", 0, 11)]
    [InlineData("+33199001234", "+3319900123", 10, 15)]
    public void Shared_and_differing_digits_are_counted(string a, string b, int shared, int differing)
    {
        PhoneNumber.TryParse(a, out var first).ShouldBeTrue();
        PhoneNumber.TryParse(b, out var second).ShouldBeTrue();
        first.SharedDigits(second).ShouldBe(shared);
        first.DifferingDigits(second).ShouldBe(differing);
        for (var digits = 0; digits < PhoneNumber.MaxDigits; digits++)
        {
            first.DiffersOnlyInLast(digits, second).ShouldBe(differing <= digits);
        }
    }

    [Theory]
    [InlineData("+33199001234", "+33199001236", 2L)]
    [InlineData("+33199001234", "+33199001230", -4L)]
    [InlineData("+33199001234", "+331990012345", null)]
    [InlineData("+33199001234", "33199001236", null)]
    public void Distance_is_told_within_a_block_only(string a, string b, long? distance)
    {
        PhoneNumber.TryParse(a, out var first).ShouldBeTrue();
        PhoneNumber.TryParse(b, out var second).ShouldBeTrue();
        first.DistanceTo(second).ShouldBe(distance);
        default(PhoneNumber).DistanceTo(second).ShouldBeNull();
    }
}
