using System.Globalization;
using System.Text;
using Ringfence.Diagnosis.Capture;
using static Ringfence.Diagnosis.Tests.Capture.LogSamples;

namespace Ringfence.Diagnosis.Tests.Capture;

public sealed class TextLogTests
{
    [Theory]
    [MemberData(nameof(Logs), MemberType = typeof(LogSamples))]
    public void A_log_is_recognised_by_itself(string program, string log, string clock, string ends)
    {
        var message = CollectingSink.Read(Encoding.UTF8.GetBytes(log)).Messages.ShouldHaveSingleItem(program);
        message.Text.ShouldBe(Ringing.ReplaceLineEndings("\r\n"), program);
        $"{message.Source} > {message.Destination}".ShouldBe(ends, program);
        var time = DateTime.UnixEpoch.AddTicks(message.Time / 100);
        var expected = clock switch
        {
            "" => "1970-01-01 00:00:00.000",
            ['1', '9', '7', '0', ..] => clock.Replace(" ", "-07-12 ", StringComparison.Ordinal),
            _ => "2021-07-12 " + clock,
        };
        time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture).ShouldBe(expected, program);
    }

    [Fact]
    public void Messages_behind_each_other_are_parted_by_their_lengths()
    {
        var log = Invite + Ringing + Invite + Ringing;
        var messages = CollectingSink.Read(Encoding.UTF8.GetBytes(log)).Messages;
        messages.Select(m => m.MethodOrStatus).ShouldBe(["INVITE", "180", "INVITE", "180"]);
        messages[0].Text.ShouldEndWith("\r\n\r\nv=0\r\ns=-\r\n\r\n");
    }

    [Fact]
    public void The_writer_of_a_log_is_known_from_its_own_requests()
    {
        var log =
            "--------------- 2021-07-12 11:47:35.0\nUDP message sent (1 bytes):\n\n"
            + Invite
            + "--------------- 2021-07-12 11:47:36.0\nUDP message received [1] bytes :\n\n"
            + Ringing;
        var messages = CollectingSink.Read(Encoding.UTF8.GetBytes(log)).Messages;
        messages[0].Source.ToString().ShouldBe("192.0.2.1:5070");
        messages[1].Destination.ToString().ShouldBe("192.0.2.1:5070");
    }

    [Fact]
    public void What_was_received_before_anything_was_sent_went_to_the_writer_as_well()
    {
        var log =
            "<--- Received SIP request (1 bytes) from UDP:192.0.2.9:5060 --->\n"
            + Invite.Replace("192.0.2.1:5070", "192.0.2.9", StringComparison.Ordinal)
            + "<--- Transmitting SIP request (1 bytes) to UDP:192.0.2.7:5060 --->\n"
            + Invite;
        var messages = CollectingSink.Read(Encoding.UTF8.GetBytes(log)).Messages;
        messages[0].Destination.ToString().ShouldBe("192.0.2.1:5070");
        messages[1].Source.ToString().ShouldBe("192.0.2.1:5070");
    }

    [Fact]
    public void A_clock_without_date_goes_on_over_midnight()
    {
        var log = "2021-07-12 00:00:00\n" + At("23:59:59.900") + At("00:00:00.100");
        var messages = CollectingSink.Read(Encoding.UTF8.GetBytes(log)).Messages;
        (messages[1].Time - messages[0].Time).ShouldBe(200_000_000);
    }

    [Theory]
    [InlineData("Dec 31 23:00:00", "2025-12-31 23:00")]
    [InlineData("Jan 02 01:00:00", "2026-01-02 01:00")]
    public void A_date_without_year_is_the_one_nearest_to_the_writing_of_the_file(string date, string expected)
    {
        var input = CaptureInput.Bytes("x", Encoding.UTF8.GetBytes($"{date} host kamailio[7]: got {Octal}\n")) with
        {
            Written = new DateTimeOffset(2026, 1, 2, 3, 0, 0, TimeSpan.Zero),
        };
        var time = CollectingSink.Read(out _, input).Messages.ShouldHaveSingleItem().Time;
        DateTime
            .UnixEpoch.AddTicks(time / 100)
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            .ShouldBe(expected);
    }

    [Fact]
    public void A_backslash_is_itself_where_control_characters_are_octal()
    {
        var log = Octal.Replace("From: ", "Subject: \"a\\\"b\"#015#012From: ", StringComparison.Ordinal);
        CollectingSink
            .Read(Encoding.UTF8.GetBytes(log))
            .Messages.ShouldHaveSingleItem()
            .Text.ShouldContain("Subject: \"a\\\"b\"\r\n");
    }

    [Fact]
    public void Prose_about_sip_is_no_message()
    {
        var text =
            "Then the caller sends an INVITE sip:bob@x and we answer\nHello SIP/2.0\nFoo bar SIP/2.0\n10:00 error: cannot relay INVITE sip:bob@x SIP/2.0\n10:01 reply was SIP/2.0 404 Not Found\nsee above\n";
        var sink = CollectingSink.Read(out var outcome, CaptureInput.Bytes("x", Encoding.UTF8.GetBytes(text)));
        sink.Messages.ShouldBeEmpty();
        outcome.Damage.ShouldHaveSingleItem().Kind.ShouldBe(DamageKind.UnknownFormat);
    }

    [Fact]
    public void A_line_without_end_is_bounded()
    {
        var log = new byte[3_000_000];
        Array.Fill(log, (byte)'a');
        CollectingSink.Read(log).Messages.ShouldBeEmpty();
    }

    private static string At(string clock) => $"recv 300 bytes from udp/[192.0.2.7]:5060 at {clock}:\n{Ringing}";
}
