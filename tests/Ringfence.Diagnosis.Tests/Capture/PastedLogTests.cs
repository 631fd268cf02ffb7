using System.Globalization;
using System.Text;

namespace Ringfence.Diagnosis.Tests.Capture;

public sealed class PastedLogTests
{
    [Theory]
    [MemberData(nameof(PastedLogs.All), MemberType = typeof(PastedLogs))]
    public void What_users_paste_is_read_whole_and_with_its_ends(string shape, byte[] log, string ends, string time)
    {
        var messages = CollectingSink.Read(log).Messages;
        messages.Select(m => m.MethodOrStatus).ShouldBe(["INVITE", "180"], shape);
        messages[0].Text.ShouldBe(PastedLogs.Invite.ReplaceLineEndings("\r\n"), shape);
        messages[1].Text.ShouldBe(PastedLogs.Ringing.ReplaceLineEndings("\r\n"), shape);
        $"{messages[0].Source} {messages[0].Destination}".ShouldBe(ends, shape);
        $"{messages[1].Destination} {messages[1].Source}".ShouldBe(ends, shape);
        DateTime
            .UnixEpoch.AddTicks(messages[1].Time / 100)
            .ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)
            .ShouldBe(time.Length == 0 ? "1970-01-01 00:00:00.000" : time, shape);
    }

    [Fact]
    public void Prose_about_directions_gives_no_addresses()
    {
        var log = "We sent it and received a call from somebody\nThe log of 10.0.0.1:5060:\n" + PastedLogs.Ringing;
        var message = CollectingSink.Read(Encoding.UTF8.GetBytes(log)).Messages.ShouldHaveSingleItem();
        $"{message.Source} > {message.Destination}".ShouldBe("? > 192.0.2.1:5070");
    }
}
