using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Tests.Facts;

public sealed class PartyTests
{
    [Theory]
    [InlineData("+33199001234", "+33199001234", PartyForm.Number)]
    [InlineData("tel:+33-199-001234;verstat=x", "+33199001234", PartyForm.Number)]
    [InlineData("sip:+33199001234;npdi@example.com:5060;user=phone", "+33199001234", PartyForm.Number)]
    [InlineData("<sips:112@example.com>", "112", PartyForm.Local)]
    [InlineData("SIP:Alice@Example.COM;transport=tcp", "alice@example.com", PartyForm.Address)]
    [InlineData("sip:anonymous@anonymous.invalid", "anonymous", PartyForm.Anonymous)]
    [InlineData("anonymous", "anonymous", PartyForm.Anonymous)]
    [InlineData("", "", PartyForm.None)]
    [InlineData("   ", "", PartyForm.None)]
    [InlineData("+12345678901234567", "+12345678901234567", PartyForm.Invalid)]
    [InlineData("alice", "alice", PartyForm.Invalid)]
    [InlineData("sip:@example.com", "@example.com", PartyForm.Invalid)]
    [InlineData("a b@example.com", "a b@example.com", PartyForm.Invalid)]
    public void A_party_has_one_normal_form(string text, string normal, PartyForm form)
    {
        var party = Party.Parse(text);
        party.Text.ShouldBe(normal);
        party.Form.ShouldBe(form);
    }

    [Fact]
    public void An_endless_name_is_cut_and_invalid()
    {
        var party = Party.Parse(new string('a', 100_000) + "@example.com");
        party.Form.ShouldBe(PartyForm.Invalid);
        party.Text.Length.ShouldBeLessThan(400);
    }

    [Theory]
    [InlineData("sip:")]
    [InlineData("tel:")]
    [InlineData("@")]
    [InlineData("<>")]
    [InlineData(":::;;@@")]
    [InlineData("\0\u0001@x")]
    public void Nonsense_never_throws(string text) =>
        Party.Parse(text).Form.ShouldBeOneOf(PartyForm.Invalid, PartyForm.None);
}
