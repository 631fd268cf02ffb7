using System.Net;
using System.Text;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Transactions;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Dialogs;

/// <summary>What a dialog knows and how its requests look (RFC 3261 §12).</summary>
public class DialogTests
{
    private static readonly Peer Local = Peer.From(TransportKind.Udp, IPEndPoint.Parse("192.0.2.2:5060"));
    private static readonly Peer Far = Peer.From(TransportKind.Udp, IPEndPoint.Parse("192.0.2.1:5060"));
    private readonly SipWriter _writer = new();

    [Fact]
    public void The_called_side_keeps_the_recorded_route_in_order()
    {
        Dialog dialog = Called(
            "Record-Route: <sip:192.0.2.11;lr>, <sip:192.0.2.12;lr>\r\nRecord-Route: <sip:192.0.2.13;lr>\r\n"
        );
        string bye = Request(dialog, SipMethod.Bye);

        bye.ShouldStartWith("BYE sip:alice@192.0.2.1:5060 SIP/2.0\r\n");
        Routes(bye).ShouldBe(["<sip:192.0.2.11;lr>", "<sip:192.0.2.12;lr>", "<sip:192.0.2.13;lr>"]);
        dialog.NextPeer.ToString().ShouldBe("udp:192.0.2.11:5060");
        SipText.Header(bye, "To").ShouldBe("<sip:alice@192.0.2.1>;tag=ft");
        SipText.Header(bye, "From").ShouldBe("<sip:bob@192.0.2.2>;tag=lt");
    }

    [Fact]
    public void The_calling_side_reverses_it()
    {
        Dialog dialog = Caller(
            "Contact: <sip:bob@192.0.2.9>\r\nRecord-Route: <sip:192.0.2.11;lr>, <sip:192.0.2.12;lr>\r\n"
        );
        string bye = Request(dialog, SipMethod.Bye);

        bye.ShouldStartWith("BYE sip:bob@192.0.2.9 SIP/2.0\r\n");
        Routes(bye).ShouldBe(["<sip:192.0.2.12;lr>", "<sip:192.0.2.11;lr>"]);
        SipText.Header(bye, "CSeq").ShouldBe("2 BYE");
    }

    [Fact]
    public void A_strict_first_hop_moves_to_the_Request_URI_and_the_target_to_the_end()
    {
        Dialog dialog = Called("Record-Route: <sip:192.0.2.11>, <sip:192.0.2.12;lr>\r\n");
        string bye = Request(dialog, SipMethod.Bye);

        bye.ShouldStartWith("BYE sip:192.0.2.11 SIP/2.0\r\n");
        Routes(bye).ShouldBe(["<sip:192.0.2.12;lr>", "<sip:alice@192.0.2.1:5060>"]);
        dialog.NextPeer.ToString().ShouldBe("udp:192.0.2.11:5060");
    }

    [Fact]
    public void The_2xx_brings_the_route_that_counts()
    {
        Dialog dialog = Caller("Contact: <sip:early@192.0.2.9>\r\nRecord-Route: <sip:192.0.2.11;lr>\r\n");
        dialog.Confirm(Response("Contact: <sip:late@192.0.2.9>\r\nRecord-Route: <sip:192.0.2.12;lr>\r\n", 200));
        string bye = Request(dialog, SipMethod.Bye);

        dialog.State.ShouldBe(DialogState.Confirmed);
        bye.ShouldStartWith("BYE sip:late@192.0.2.9 SIP/2.0\r\n");
        Routes(bye).ShouldBe(["<sip:192.0.2.12;lr>"]);
    }

    [Fact]
    public void A_target_refresh_changes_the_target_and_not_the_route()
    {
        Dialog dialog = Called("Record-Route: <sip:192.0.2.11;lr>\r\n");
        dialog.Refresh(
            SipText
                .Parse(
                    SipText
                        .Request("UPDATE", extra: "Record-Route: <sip:192.0.2.99;lr>\r\n")
                        .Replace("<sip:alice@192.0.2.1:5060>", "<sip:moved@192.0.2.1>", StringComparison.Ordinal)
                )
                .Message!
        );
        string bye = Request(dialog, SipMethod.Bye);
        bye.ShouldStartWith("BYE sip:moved@192.0.2.1 SIP/2.0\r\n");
        Routes(bye).ShouldBe(["<sip:192.0.2.11;lr>"]);
    }

    [Fact]
    public void Numbers_go_up_by_one_and_an_ACK_takes_that_of_its_INVITE()
    {
        Dialog dialog = Caller("Contact: <sip:bob@192.0.2.9>\r\n");
        SipText.Header(Request(dialog, SipMethod.Info), "CSeq").ShouldBe("2 INFO");
        SipText.Header(Request(dialog, SipMethod.Info), "CSeq").ShouldBe("3 INFO");
        dialog.StartAck(_writer, 1, Local, Token.Branch(LaneRandom.Seeded(1)));
        SipText.Header(Encoding.ASCII.GetString(_writer.Finish()), "CSeq").ShouldBe("1 ACK");
    }

    [Fact]
    public void The_far_side_must_count_upwards()
    {
        Dialog called = Called("");
        called.TakeSequence(1).ShouldBeFalse();
        called.TakeSequence(5).ShouldBeTrue();
        called.TakeSequence(5).ShouldBeFalse();
        called.TakeSequence(4).ShouldBeFalse();
        called.TakeSequence(6).ShouldBeTrue();
        Caller("").TakeSequence(0).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Contact: <sip:bob@192.0.2.9:5070;transport=tcp>\r\n", "tcp:192.0.2.9:5070")]
    [InlineData("Contact: <sip:bob@192.0.2.9>\r\n", "udp:192.0.2.9:5060")]
    [InlineData("Contact: <sip:bob@[2001:db8::9]>\r\n", "udp:[2001:db8::9]:5060")]
    [InlineData("Contact: <sip:bob@pbx.example>\r\n", "udp:192.0.2.1:5060")]
    [InlineData("Contact: <tel:+33123>\r\n", "udp:192.0.2.1:5060")]
    [InlineData("", "udp:192.0.2.1:5060")]
    public void Requests_go_where_the_target_says_or_where_the_far_side_was_reached(string contact, string peer) =>
        Caller(contact).NextPeer.ToString().ShouldBe(peer);

    [Fact]
    public void Only_the_first_description_of_a_dialog_is_kept()
    {
        Dialog dialog = Caller("");
        dialog.Describe(Response("", 180));
        dialog.RemoteDescription.IsEmpty.ShouldBeTrue();
        dialog.Describe(
            (SipResponse)SipText.Parse(SipText.Response(SipText.Request("INVITE"), 183, body: "v=1")).Message!
        );
        dialog.Describe(
            (SipResponse)SipText.Parse(SipText.Response(SipText.Request("INVITE"), 183, body: "v=2")).Message!
        );
        Encoding.ASCII.GetString(dialog.RemoteDescription.Span).ShouldBe("v=1");
    }

    private static Dialog Called(string extra) =>
        Dialog.OfCalled((SipRequest)SipText.Parse(SipText.Request("INVITE", extra: extra)).Message!, "lt"u8, Far);

    private static Dialog Caller(string extra) =>
        Dialog.OfCaller(Response(extra, 183), "<sip:me@192.0.2.2>;tag=lt"u8, "lt"u8, 1, "sip:bob@pbx.example"u8, Far);

    private static SipResponse Response(string extra, int statusCode) =>
        (SipResponse)SipText.Parse(SipText.Response(SipText.Request("INVITE"), statusCode, extra: extra)).Message!;

    private string Request(Dialog dialog, SipMethod method)
    {
        dialog.StartRequest(_writer, method, Local, Token.Branch(LaneRandom.Seeded(1)));
        return Encoding.ASCII.GetString(_writer.Finish());
    }

    private static string[] Routes(string message) =>
        [
            .. SipText
                .Lines(message)
                .Where(line => line.StartsWith("Route: ", StringComparison.Ordinal))
                .Select(line => line[7..]),
        ];
}
