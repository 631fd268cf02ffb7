using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ringfence.Edge.Stages;

namespace Ringfence.Edge.Tests.Stages;

public sealed class VerstatTests
{
    [Theory]
    [InlineData(
        "<sip:+33199001234;verstat=TN-Validation-Passed@a.example;user=phone>;tag=1",
        "<sip:+33199001234@a.example;user=phone>;tag=1"
    )]
    [InlineData(
        "<sip:+33199001234@a.example;verstat=TN-Validation-Passed;user=phone>;tag=1",
        "<sip:+33199001234@a.example;user=phone>;tag=1"
    )]
    [InlineData("<tel:+33199001234;verstat=TN-Validation-Passed>;tag=1", "<tel:+33199001234>;tag=1")]
    [InlineData("<tel:+33199001234>;verstat=TN-Validation-Passed;tag=1", "<tel:+33199001234>;tag=1")]
    [InlineData("<tel:+33199001234;VerStat=x>", "<tel:+33199001234>")]
    [InlineData("<tel:+33199001234;verstat>", "<tel:+33199001234>")]
    [InlineData("<tel:+33199001234;%76erstat=x>", "<tel:+33199001234>")]
    [InlineData("<sip:+33199001234%3Bverstat=x@a.example>", "<sip:+33199001234@a.example>")]
    [InlineData("<tel:+1;verstat=a;verstat=b>", "<tel:+1>")]
    [InlineData("<tel:+1;ver;verstat=xstat=y>", "<tel:+1;ver>")]
    [InlineData("<tel:+1;verstat=Passed>, <sip:a@b;verstat=x>", "<tel:+1>, <sip:a@b>")]
    [InlineData("<sip:a@b>;\r\n verstat=x;q=1", "<sip:a@b>;q=1")]
    public void It_is_taken_out_wherever_it_hides(string value, string clean) =>
        Encoding.ASCII.GetString(Verstat.Without(Encoding.ASCII.GetBytes(value))!).ShouldBe(clean);

    [Theory]
    [InlineData("<sip:+33199001234@a.example;user=phone>;tag=1")]
    [InlineData("<tel:+33199001234;verstatus=1>")]
    [InlineData("\"verstat\" <sip:verstat@verstat.example>")]
    [InlineData("")]
    public void What_is_no_verstat_is_left_as_it_is(string value) =>
        Verstat.Without(Encoding.ASCII.GetBytes(value)).ShouldBeNull();

    [Theory]
    [InlineData("<sip:+1@a.example;user=phone>;tag=1", "<sip:+1;verstat=X@a.example;user=phone>;tag=1")]
    [InlineData("\"Bob\" <sip:12155550121@a.example>", "\"Bob\" <sip:12155550121;verstat=X@a.example>")]
    [InlineData("sip:+1@a.example;tag=1", "<sip:+1;verstat=X@a.example>;tag=1")]
    [InlineData("<tel:+1;cpc=ordinary>", "<tel:+1;cpc=ordinary;verstat=X>")]
    public void It_is_put_into_the_telephone_number(string value, string marked) =>
        Encoding.ASCII.GetString(Verstat.With(Encoding.ASCII.GetBytes(value), "X")!).ShouldBe(marked);

    [Theory]
    [InlineData("<sip:bob@a.example>")]
    [InlineData("<sip:a.example>")]
    [InlineData("Anonymous <sip:anonymous@anonymous.invalid>")]
    [InlineData("<broken")]
    public void An_address_that_is_no_number_is_not_marked(string value) =>
        Verstat.With(Encoding.ASCII.GetBytes(value), "X").ShouldBeNull();

    [Fact]
    public void Nothing_that_is_taken_out_comes_back() =>
        Prop.ForAll(
                Gen.ArrayOf(
                        Gen.Elements(";verstat", "=", "x", ";", "%3B", "ver", "stat", "@", ">", "%76", " ", "erstat")
                    )
                    .ToArbitrary(),
                parts =>
                {
                    byte[] clean = Verstat.Without(Encoding.ASCII.GetBytes(string.Concat(parts))) ?? [];
                    return Verstat.Without(clean) is null;
                }
            )
            .QuickCheckThrowOnFailure();
}
