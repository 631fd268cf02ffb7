using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Screening.Refusal;

namespace Ringfence.Screening.Tests.Refusal;

public sealed class SignedJCardTests
{
    private static readonly Uri Certificate = new("https://certs.example.net/reject_key.cer");

    private static readonly RedressContact Desk = new()
    {
        Name = "Robocall Adjudication",
        Url = new Uri("https://blocker.example.net/adjudication-form"),
        Email = "remediation@blocker.example.net",
        Tel = "+15555550112",
        Address = ["", "", "12 Main St", "Anytown", "AP", "000000", "Somecountry"],
    };

    [Fact]
    public void The_card_is_what_the_rfc_asks_for()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parts = SignedJCard
            .Issue(Desk, why: null, DateTimeOffset.FromUnixTimeSeconds(1546008698), key, Certificate)
            .Split('.');
        Text(parts[0])
            .ShouldBe("""{"alg":"ES256","typ":"vcard\u002Bjson","x5u":"https://certs.example.net/reject_key.cer"}""");
        Text(parts[1])
            .ShouldBe(
                """{"iat":1546008698,"jcard":["vcard",[["version",{},"text","4.0"],["fn",{},"text","Robocall Adjudication"],["url",{"type":"work"},"uri","https://blocker.example.net/adjudication-form"],["email",{"type":"work"},"text","remediation@blocker.example.net"],["tel",{"type":"work"},"uri","tel:\u002B15555550112"],["adr",{"type":"work"},"text",["","","12 Main St","Anytown","AP","000000","Somecountry"]]]]}"""
            );
        Base64Url.DecodeFromChars(parts[2]).Length.ShouldBe(64);
    }

    [Fact]
    public void A_card_that_was_issued_is_read_back()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var card = ReceivedJCard
            .Parse(
                SignedJCard.Issue(Desk, new Uri("https://edge.example/why/x"), Calls.Noon, key, Certificate),
                out var fault
            )
            .ShouldNotBeNull();
        fault.ShouldBe(JCardFault.None);
        card.Certificate.ShouldBe(Certificate);
        card.IssuedAt.ShouldBe(Calls.Noon);
        card.Contact.Name.ShouldBe(Desk.Name);
        card.Contact.Url.ShouldBe(new Uri("https://edge.example/why/x"));
        card.Contact.Tel.ShouldBe(Desk.Tel);
        card.Contact.Email.ShouldBe(Desk.Email);
        card.Contact.Address.ShouldBe(Desk.Address);
        card.Check(key, Calls.Noon.AddSeconds(60)).ShouldBe(JCardFault.None);
        card.Check(key, Calls.Noon.AddSeconds(91)).ShouldBe(JCardFault.Stale);
        card.Check(key, Calls.Noon.AddSeconds(-91)).ShouldBe(JCardFault.Stale);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        card.Check(other, Calls.Noon).ShouldBe(JCardFault.BadSignature);
    }

    [Fact]
    public void Two_cards_differ_in_nothing_but_the_address_of_their_page()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string Payload(string token) =>
            Text(
                SignedJCard
                    .Issue(Desk, new Uri("https://e.example/why/" + token), Calls.Noon, key, Certificate)
                    .Split('.')[1]
            );
        Payload("known")
            .Replace("known", "", StringComparison.Ordinal)
            .ShouldBe(Payload("guess").Replace("guess", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "{ \"alg\":\"ES256\",\r\n  \"typ\" : \"vcard+json\", \"x5u\":\"https://c.example/k.cer\" }",
        "{\n \"jcard\" :[\"vcard\", [ [\"version\",{},\"text\",\"4.0\"],[\"x-new\",{},\"text\",1], 7, [\"email\", {}, \"text\", \"a@b\"] ] ],\"iat\":1546008698}",
        JCardFault.None
    )]
    [InlineData("[]", "{}", JCardFault.Malformed)]
    [InlineData("{", "{}", JCardFault.Malformed)]
    [InlineData(
        "{\"alg\":\"none\",\"typ\":\"vcard+json\",\"x5u\":\"https://c.example\"}",
        "{}",
        JCardFault.Unsupported
    )]
    [InlineData(
        "{\"alg\":\"HS256\",\"typ\":\"vcard+json\",\"x5u\":\"https://c.example\"}",
        "{}",
        JCardFault.Unsupported
    )]
    [InlineData("{\"alg\":\"ES256\",\"typ\":\"passport\",\"x5u\":\"https://c.example\"}", "{}", JCardFault.Unsupported)]
    [InlineData("{\"alg\":\"ES256\",\"typ\":\"vcard+json\",\"x5u\":\"nowhere\"}", "{}", JCardFault.Unsupported)]
    [InlineData(
        "{\"alg\":\"ES256\",\"typ\":\"vcard+json\",\"x5u\":\"https://c.example\"}",
        "{\"iat\":1}",
        JCardFault.Incomplete
    )]
    [InlineData(
        "{\"alg\":\"ES256\",\"typ\":\"vcard+json\",\"x5u\":\"https://c.example\"}",
        "{\"iat\":\"1\",\"jcard\":[\"vcard\",[[\"email\",{},\"text\",\"a\"]]]}",
        JCardFault.Incomplete
    )]
    [InlineData(
        "{\"alg\":\"ES256\",\"typ\":\"vcard+json\",\"x5u\":\"https://c.example\"}",
        "{\"iat\":-1,\"jcard\":[\"vcard\",[[\"email\",{},\"text\",\"a\"]]]}",
        JCardFault.Incomplete
    )]
    [InlineData(
        "{\"alg\":\"ES256\",\"typ\":\"vcard+json\",\"x5u\":\"https://c.example\"}",
        "{\"iat\":1,\"jcard\":[\"vcard\",[[\"fn\",{},\"text\",\"a\"]]]}",
        JCardFault.Incomplete
    )]
    [InlineData(
        "{\"alg\":\"ES256\",\"typ\":\"vcard+json\",\"x5u\":\"https://c.example\"}",
        "{\"iat\":1,\"jcard\":{}}",
        JCardFault.Incomplete
    )]
    public void A_card_of_any_shape_is_read_or_refused(string header, string payload, JCardFault fault)
    {
        ReceivedJCard.Parse($"{Encode(header)}.{Encode(payload)}.{Encode("x")}", out var found);
        found.ShouldBe(fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("<html>not found</html>")]
    public void What_is_no_jws_is_malformed(string text)
    {
        ReceivedJCard.Parse(text, out var fault).ShouldBeNull();
        fault.ShouldBe(JCardFault.Malformed);
    }

    [Fact]
    public void An_endless_answer_is_not_read()
    {
        ReceivedJCard.Parse(new string('a', 70_000), out var fault).ShouldBeNull();
        fault.ShouldBe(JCardFault.TooLong);
    }

    [Fact]
    public void A_card_without_contact_or_with_another_curve_is_a_programming_fault()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Should.Throw<ArgumentException>(() => SignedJCard.Issue(Desk, null, Calls.Noon, p384, Certificate));
        Should.Throw<ArgumentException>(() =>
            SignedJCard.Issue(new RedressContact { Name = "x" }, null, Calls.Noon, p256, Certificate)
        );
    }

    [Fact]
    public void A_token_is_128_bits_of_what_the_generator_gives()
    {
        var tokens = new RedressTokens(RandomNumberGenerator.Fill);
        var made = Enumerable.Range(0, 1000).Select(_ => tokens.Create()).ToArray();
        made.Distinct().Count().ShouldBe(1000);
        made.ShouldAllBe(t => t.Length == RedressTokens.Length && RedressTokens.IsWellFormed(t));
        new RedressTokens(b => b.Fill(0xFF)).Create().ShouldBe("_____________________w");
        RedressTokens.IsWellFormed("short").ShouldBeFalse();
        RedressTokens.IsWellFormed("../../../../etc/passwd").ShouldBeFalse();
    }

    private static string Text(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
