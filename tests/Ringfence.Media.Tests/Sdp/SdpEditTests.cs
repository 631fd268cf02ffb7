using System.Net;
using System.Text;
using Ringfence.Media.Sdp;
using static Ringfence.Media.Tests.Sdp.SdpParserTests;

namespace Ringfence.Media.Tests.Sdp;

public sealed class SdpEditTests
{
    private static readonly IPEndPoint Relay = new(IPAddress.Parse("198.51.100.7"), 30000);

    [Fact]
    public void Redirect_changes_address_port_and_rtcp_and_nothing_else()
    {
        var session = Parsed(Offer);
        Edited(session, edit => edit.Redirect(session.Audio!, Relay))
            .ShouldBe(
                Offer
                    .Replace("192.0.2.10", "198.51.100.7", StringComparison.Ordinal)
                    .Replace("audio 49170", "audio 30000", StringComparison.Ordinal)
                    .Replace("rtcp:53020 IN IP4 192.0.2.11", "rtcp:30001 IN IP4 198.51.100.7", StringComparison.Ordinal)
            );
    }

    [Fact]
    public void A_medium_that_shares_the_session_line_gets_its_own()
    {
        var body = Audio("0", "m=audio 5000 RTP/AVP 8\r\n");
        var session = Parsed(body);
        Edited(session, edit => edit.Redirect(session.Media[1], Relay))
            .ShouldBe(
                body.Replace(
                    "m=audio 5000 RTP/AVP 8\r\n",
                    "m=audio 30000 RTP/AVP 8\r\nc=IN IP4 198.51.100.7\r\n",
                    StringComparison.Ordinal
                )
            );
    }

    [Fact]
    public void A_line_is_added_behind_a_body_that_lacks_its_last_line_end()
    {
        var session = Parsed("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 0");
        var edited = Edited(session, edit => edit.SetDirection(session.Audio!, MediaDirection.SendOnly));
        edited.ShouldEndWith("RTP/AVP 0\r\na=sendonly");
        Parsed(edited).Audio!.Direction.ShouldBe(MediaDirection.SendOnly);
    }

    [Fact]
    public void Redirect_to_ipv6_changes_the_family()
    {
        var session = Parsed(Audio("0"));
        var edited = Edited(
            session,
            edit => edit.Redirect(session.Audio!, new IPEndPoint(IPAddress.IPv6Loopback, 40000))
        );
        edited.ShouldContain("c=IN IP6 ::1\r\n");
        Parsed(edited).Audio!.Target.ShouldBe(new IPEndPoint(IPAddress.IPv6Loopback, 40000));
    }

    [Fact]
    public void Direction_origin_attributes_and_rejection_can_be_changed_together()
    {
        var session = Parsed(Offer);
        var edited = Parsed(
            Edited(
                session,
                edit =>
                    edit.SetOrigin(session.Origin.Next())
                        .SetDirection(session.Media[1], MediaDirection.RecvOnly)
                        .Reject(session.Media[0])
                        .RemoveAttribute("fmtp"u8)
            )
        );
        edited.Origin.Version.ShouldBe(session.Origin.Version + 1);
        edited.Media[1].Direction.ShouldBe(MediaDirection.RecvOnly);
        edited.Media[0].IsRejected.ShouldBeTrue();
        edited.Media[0].Formats.ShouldAllBe(map => map.Parameters == null);
        edited.Media[0].TryGetAttribute("x-own"u8, out _).ShouldBeTrue();
    }

    [Fact]
    public void The_later_of_two_changes_of_one_value_holds()
    {
        var session = Parsed(Audio("0"));
        var edited = Edited(session, edit => edit.Redirect(session.Audio!, Relay).Reject(session.Audio!));
        edited.ShouldContain("m=audio 0 RTP/AVP 0\r\n");
    }

    [Fact]
    public void No_change_gives_the_same_octets()
    {
        Edited(Parsed(Offer), edit => edit).ShouldBe(Offer);
    }

    [Fact]
    public void The_writer_refuses_what_would_break_a_line()
    {
        var writer = new SdpWriter(SdpOrigin.Create(IPAddress.Loopback, 1));
        Should.Throw<ArgumentException>(() => writer.Attribute("x", "1\r\nm=audio"));
    }

    private static string Edited(SessionDescription session, Func<SdpEdit, SdpEdit> change) =>
        Encoding.UTF8.GetString(change(new SdpEdit(session)).ToArray());
}
