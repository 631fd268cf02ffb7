using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages;

public sealed class FramerTests
{
    private static readonly byte[] Message = Wire.Bytes(
        Wire.Invite.Replace("Content-Length: 0", "l: 10", StringComparison.Ordinal) + "0123456789"
    );

    [Fact]
    public void A_message_is_framed_at_every_cut_point()
    {
        for (int cut = 1; cut < Message.Length; cut++)
        {
            var framer = new SipFramer(ParserLimits.Default);
            framer.Read(Message.AsSpan(0, cut)).ShouldBe(default(Frame), $"cut at {cut}");
            framer.IsInMessage.ShouldBeTrue();
            Frame frame = framer.Read(Message);
            frame.Status.ShouldBe(FrameStatus.Message, $"cut at {cut}");
            frame.Consumed.ShouldBe(Message.Length);
            frame.Message!.Bytes.SequenceEqual(Message).ShouldBeTrue();
            framer.IsInMessage.ShouldBeFalse();
        }
    }

    [Fact]
    public void A_message_is_framed_when_it_comes_byte_by_byte()
    {
        var framer = new SipFramer(ParserLimits.Default);
        for (int length = 1; length < Message.Length; length++)
        {
            framer.Read(Message.AsSpan(0, length)).Status.ShouldBe(FrameStatus.NeedMore);
        }

        framer.Read(Message).Status.ShouldBe(FrameStatus.Message);
    }

    [Fact]
    public void Two_messages_in_one_segment_are_two_frames()
    {
        byte[] both = [.. Message, .. Wire.Bytes(Wire.Invite)];
        var framer = new SipFramer(ParserLimits.Default);
        Frame first = framer.Read(both);
        first.Consumed.ShouldBe(Message.Length);
        Frame second = framer.Read(both.AsSpan(first.Consumed));
        second.Status.ShouldBe(FrameStatus.Message);
        second.Message!.Body.Length.ShouldBe(0);
    }

    [Fact]
    public void The_need_is_known_once_the_headers_are_in()
    {
        var framer = new SipFramer(ParserLimits.Default);
        framer.Read(Message.AsSpan(0, Message.Length - 10));
        framer.Needed.ShouldBe(Message.Length);
    }

    [Fact]
    public void Both_requests_of_dblreq_are_served_on_a_stream()
    {
        byte[] bytes = Checkout.Read("Torture/rfc4475/dblreq.dat");
        var framer = new SipFramer(ParserLimits.Default);
        Frame first = framer.Read(bytes);
        first.Message.ShouldBeOfType<SipRequest>().Method.ShouldBe(SipMethod.Register);
        framer.Read(bytes.AsSpan(first.Consumed)).ShouldBe(new Frame(FrameStatus.Pong, 2));
        framer
            .Read(bytes.AsSpan(first.Consumed + 2))
            .Message.ShouldBeOfType<SipRequest>()
            .Method.ShouldBe(SipMethod.Invite);
    }

    [Fact]
    public void A_double_crlf_is_a_ping_also_in_two_halves()
    {
        var framer = new SipFramer(ParserLimits.Default);
        framer.Read("\r\n\r\nINVITE"u8).ShouldBe(new Frame(FrameStatus.Ping, 4));
        framer.Read("\r"u8).Status.ShouldBe(FrameStatus.NeedMore);
        framer.Read("\r\n"u8).ShouldBe(new Frame(FrameStatus.Pong, 2));
        framer.Read("\r\n"u8).ShouldBe(new Frame(FrameStatus.Ping, 2));
        framer.Read("\r\n"u8).ShouldBe(new Frame(FrameStatus.Pong, 2));
        framer.IsInMessage.ShouldBeFalse();
    }

    [Fact]
    public void An_empty_line_before_a_message_is_passed_over()
    {
        var framer = new SipFramer(ParserLimits.Default);
        framer.Read([.. "\r\n"u8, .. Message]).Consumed.ShouldBe(2);
        framer.Read(Message).Status.ShouldBe(FrameStatus.Message);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("+5")]
    [InlineData("0x10")]
    [InlineData("five")]
    [InlineData("5 5")]
    [InlineData("5, 5")]
    [InlineData("")]
    [InlineData("4294967306")]
    [InlineData("18446744073709551626")]
    [InlineData("10\nContent-Length: 10")]
    [InlineData("10\nl : 5")]
    public void A_content_length_that_is_not_one_plain_number_closes_the_stream(string value)
    {
        byte[] bytes = Wire.InviteBut("Content-Length: 0", "Content-Length: " + value);
        Frame frame = new SipFramer(ParserLimits.Default).Read([.. bytes, .. Message]);
        frame.Status.ShouldBe(FrameStatus.Malformed);
        frame.Consumed.ShouldBe(0);
        frame.Malformed.Fault.ShouldBe(Fault.ContentLength);
        frame.Malformed.StatusCode.ShouldBe(400);
    }

    [Fact]
    public void A_stream_message_without_content_length_closes_the_stream()
    {
        Frame frame = new SipFramer(ParserLimits.Default).Read(Wire.InviteBut("Content-Length: 0\n", ""));
        frame.Malformed.Fault.ShouldBe(Fault.ContentLengthMissing);
        frame.Message.ShouldBeOfType<SipRequest>();
    }

    [Theory]
    [InlineData("X: a\nContent-Length: 50\rY: b")]
    [InlineData("X: a\n\rY: b")]
    public void A_bare_line_end_closes_the_stream(string lines)
    {
        byte[] bytes = Wire.InviteBut("Max-Forwards", "MARK\nMax-Forwards");
        string text = Wire.Text(bytes).Replace("MARK", lines, StringComparison.Ordinal);
        new SipFramer(ParserLimits.Default).Read(Encoding.Latin1.GetBytes(text)).Status.ShouldBe(FrameStatus.Malformed);
    }

    [Fact]
    public void A_doubtful_end_closes_the_stream_whatever_else_is_wrong()
    {
        string text = Wire.Text(Wire.InviteBut(" SIP/2.0\nVia", " SIP/7.0\nVia"));
        var framer = new SipFramer(ParserLimits.Default);
        framer.Read(Encoding.Latin1.GetBytes(text)).Malformed.Fault.ShouldBe(Fault.Version);
        string bare = text.Replace("Max-Forwards", "X: a\rY: b\r\nMax-Forwards", StringComparison.Ordinal);
        framer.Read(Encoding.Latin1.GetBytes(bare)).Status.ShouldBe(FrameStatus.Malformed);
        string bareLine = text.Replace("SIP/7.0\r\n", "SIP/2.0\n", StringComparison.Ordinal);
        new SipFramer(ParserLimits.Default)
            .Read(Encoding.Latin1.GetBytes(bareLine))
            .Malformed.Fault.ShouldBe(Fault.ControlCharacter);
        string longLine = Wire.Text(Wire.InviteWith("Subject: " + new string('s', 9000) + "\nX: a\0b"));
        new SipFramer(ParserLimits.Default)
            .Read(Encoding.Latin1.GetBytes(longLine))
            .Status.ShouldBe(FrameStatus.Malformed);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("\0\x01\x02\r\n")]
    [InlineData("\rx")]
    public void What_is_not_sip_is_told_at_its_first_line(string text)
    {
        Frame frame = new SipFramer(ParserLimits.Default).Read(Encoding.Latin1.GetBytes(text));
        frame.Status.ShouldBe(FrameStatus.Malformed);
        frame.Malformed.StatusCode.ShouldBe(0);
    }

    [Fact]
    public void A_header_section_that_does_not_end_is_cut_off_at_its_limit()
    {
        byte[] endless = [.. Wire.Bytes("INVITE sip:a@b SIP/2.0\nX: "), .. new byte[20_000].Select(_ => (byte)'x')];
        var framer = new SipFramer(ParserLimits.Default);
        framer.Read(endless.AsSpan(0, 16_384)).Status.ShouldBe(FrameStatus.NeedMore);
        framer.Read(endless.AsSpan(0, 16_385)).Malformed.StatusCode.ShouldBe(513);
        byte[] endlessLine = [.. new byte[20_000].Select(_ => (byte)'x')];
        new SipFramer(ParserLimits.Default).Read(endlessLine).Malformed.Fault.ShouldBe(Fault.HeadersTooLarge);
    }

    [Fact]
    public void A_body_beyond_its_limit_is_refused_before_it_comes()
    {
        Frame frame = new SipFramer(ParserLimits.Default).Read(
            Wire.InviteBut("Content-Length: 0", "Content-Length: 2147483647")
        );
        frame.Status.ShouldBe(FrameStatus.Malformed);
        frame.Malformed.StatusCode.ShouldBe(413);
    }

    [Fact]
    public void A_fault_that_does_not_touch_the_framing_leaves_the_stream_open()
    {
        byte[] bad = Wire.InviteBut("CSeq: 314159 INVITE", "CSeq: 1 BYE");
        var framer = new SipFramer(ParserLimits.Default);
        Frame frame = framer.Read([.. bad, .. Message]);
        frame.Status.ShouldBe(FrameStatus.Message);
        frame.Consumed.ShouldBe(bad.Length);
        frame.Malformed.Fault.ShouldBe(Fault.CSeqMethod);
        framer.Read(Message).Malformed.IsFault.ShouldBeFalse();
    }

    [Fact]
    public void A_response_with_an_impossible_code_is_skipped()
    {
        byte[] bad = Checkout.Read("Torture/rfc4475/bigcode.dat");
        Frame frame = new SipFramer(ParserLimits.Default).Read([.. bad, .. Message]);
        frame.ShouldBe(new Frame(FrameStatus.Message, bad.Length, null, new Malformed(Fault.StatusCode)));
    }
}
