using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages.Headers;

public sealed class AddressHeaderTests
{
    [Theory]
    [InlineData("sip:a@b", "", "sip:a@b", "")]
    [InlineData("sip:a@b;tag=x", "", "sip:a@b", ";tag=x")]
    [InlineData("<sip:a@b;tag=x>", "", "sip:a@b;tag=x", "")]
    [InlineData("\"A \\\"B\\\" <x>\" <sip:a@b> ; q=1", "A \\\"B\\\" <x>", "sip:a@b", " ; q=1")]
    [InlineData("A. B-C <sip:a@b>", "A. B-C", "sip:a@b", "")]
    [InlineData("\"\"<sip:a@b>", "", "sip:a@b", "")]
    [InlineData("sip:a@b;x=\"<\"", "", "sip:a@b", ";x=\"<\"")]
    public void A_name_addr_is_taken_apart(string text, string name, string uri, string parameters)
    {
        NameAddr.TryParse(Latin(text), out NameAddr address).ShouldBeTrue();
        Wire.Text(address.DisplayName).ShouldBe(name);
        Wire.Text(address.Uri).ShouldBe(uri);
        Wire.Text(address.ParametersText).ShouldBe(parameters);
    }

    [Fact]
    public void Header_parameters_are_read_by_name_in_any_case()
    {
        NameAddr.TryParse("<sip:a@b>;Q=0.7;EXPIRES=60;tag = \"q\\\"t\";flag"u8, out NameAddr contact).ShouldBeTrue();
        Wire.Text(contact.Q).ShouldBe("0.7");
        Wire.Text(contact.Expires).ShouldBe("60");
        Wire.Text(contact.Tag).ShouldBe("q\\\"t");
        contact.TryGetParameter("FLAG"u8, out ReadOnlySpan<byte> flag).ShouldBeTrue();
        flag.Length.ShouldBe(0);
        contact.TryGetParameter("none"u8, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_via_is_taken_apart()
    {
        Via.TryParse(
                "SIP/2.0/TLS [2001:db8::1]:5061;branch=z9hG4bKx;received=192.0.2.1;rport=99;maddr=a.b;ttl=1;alias"u8,
                out Via via
            )
            .ShouldBeTrue();
        Wire.Text(via.Transport).ShouldBe("TLS");
        Wire.Text(via.SentBy.Address).ShouldBe("2001:db8::1");
        via.SentBy.Port.ShouldBe(5061);
        Wire.Text(via.Branch).ShouldBe("z9hG4bKx");
        via.HasTransactionId.ShouldBeTrue();
        Wire.Text(via.Received).ShouldBe("192.0.2.1");
        via.HasRport.ShouldBeTrue();
        via.Rport.ShouldBe(99);
        Wire.Text(via.Maddr).ShouldBe("a.b");
        via.Ttl.ShouldBe(1);
    }

    [Theory]
    [InlineData("a", -1)]
    [InlineData("\"", -1)]
    [InlineData("\"a", -1)]
    [InlineData("\"a\\\"", -1)]
    [InlineData("\"a\\", -1)]
    [InlineData("\"\"", 2)]
    [InlineData("\"a\\\"b\" c", 6)]
    public void A_quoted_string_ends_at_its_closing_quote(string text, int length) =>
        QuotedString.Length(Latin(text)).ShouldBe(length);

    [Fact]
    public void Quoted_pairs_are_resolved()
    {
        Span<byte> room = stackalloc byte[16];
        Wire.Text(room[..QuotedString.Unescape("a\\\"b\\\\c\\"u8, room)]).ShouldBe("a\"b\\c\\");
    }

    [Fact]
    public void A_history_info_entry_has_an_index_and_perhaps_a_reason()
    {
        HistoryInfo
            .TryParse("<sip:b@c?Reason=SIP%3Bcause%3D302&Privacy=history>;index=1.2;rc=1"u8, out HistoryInfo entry)
            .ShouldBeTrue();
        Wire.Text(entry.Index).ShouldBe("1.2");
        Wire.Text(entry.EscapedReason).ShouldBe("SIP%3Bcause%3D302");
        Wire.Text(entry.EscapedPrivacy).ShouldBe("history");
        HistoryInfo.TryParse("<sip:b@c>"u8, out _).ShouldBeFalse();
        HistoryInfo.TryParse("<sip:b@c>;index=1.x"u8, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_call_info_has_a_uri_and_a_purpose()
    {
        CallInfo.TryParse("<https://a.example/r.json>;purpose=jcard"u8, out CallInfo info).ShouldBeTrue();
        Wire.Text(info.Uri).ShouldBe("https://a.example/r.json");
        Wire.Text(info.Purpose).ShouldBe("jcard");
        CallInfo.TryParse("https://a.example/r.json;purpose=jcard"u8, out _).ShouldBeFalse();
    }

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
