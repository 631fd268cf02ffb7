using System.Net;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>Requests sent once more: to the next target (RFC 3263 §4.3), with credentials (RFC 3261 §22.2).</summary>
public sealed class AgainTests
{
    private const string Challenge =
        "WWW-Authenticate: Digest realm=\"there\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256\r\n";

    private static readonly Peer Second = Peer.From(TransportKind.Udp, IPEndPoint.Parse("192.0.2.8:5060"));
    private static readonly Peer Third = Peer.From(TransportKind.Udp, IPEndPoint.Parse("192.0.2.9:5060"));
    private readonly TypedWorld _world = new();

    [Fact]
    public void A_503_sends_the_same_INVITE_to_the_next_target_until_none_is_left()
    {
        Invite();
        string first = _world.SentInvite;
        Refuse(503);
        string second = _world.SentInvite;

        _world.Wire.Sent[^1].To.ShouldBe(Second);
        foreach (string header in new[] { "Call-ID", "CSeq", "From", "To" })
        {
            SipText.Header(second, header).ShouldBe(SipText.Header(first, header));
        }

        SipText
            .Parameter(SipText.Header(second, "Via"), "branch")
            .ShouldNotBe(SipText.Parameter(SipText.Header(first, "Via"), "branch"));
        Refuse(503);
        _world.Wire.Sent[^1].To.ShouldBe(Third);
        Refuse(503);
        _world.Heard.ShouldBe(["refused 503", "ended Refused"]);
        _world.ShouldBeEmptyAfter(32_000);
    }

    [Fact]
    public void A_target_that_does_not_answer_is_left_for_the_next()
    {
        Invite();
        _world.Run(32_000);
        _world.Wire.Sent[^1].To.ShouldBe(Second);
        _world.Receive(SipText.Response(_world.SentInvite, 486));
        _world.Heard.ShouldBe(["refused 486", "ended Refused"]);
    }

    [Fact]
    public void A_target_that_cannot_be_reached_is_left_at_once()
    {
        _world.Wire.Outcome = SendOutcome.NoRoute;
        Invite();
        _world.Wire.Outcome = SendOutcome.Sent;
        _world.Run(1);
        _world.Wire.Sent[^1].To.ShouldBe(Second);
    }

    [Theory]
    [InlineData(486)]
    [InlineData(607)]
    [InlineData(500)]
    public void Any_other_refusal_stands(int status)
    {
        Invite();
        Refuse(status);
        _world.Heard[0].ShouldBe($"refused {status}");
    }

    [Fact]
    public void A_target_that_rang_and_then_failed_is_the_last()
    {
        Invite();
        _world.Receive(SipText.Response(_world.SentInvite, 180, "a"));
        _world.Transactions.OnTransportError(TypedWorld.Far);
        _world.CountSent("INVITE").ShouldBe(1);
    }

    [Fact]
    public void A_call_that_was_taken_back_goes_nowhere_else()
    {
        OutgoingCall call = Invite();
        _world.Receive(SipText.Response(_world.SentInvite, 100, ""));
        call.End();
        Refuse(503);
        _world.Heard.ShouldBe(["ended GivenUp"]);
        _world.CountSent("INVITE").ShouldBe(1);
    }

    [Fact]
    public void The_dialogs_of_the_refused_INVITE_are_gone_and_those_of_the_next_stay()
    {
        OutgoingCall call = Invite();
        _world.Receive(SipText.Response(_world.SentInvite, 180, "a"));
        Refuse(503);
        call.EarlyDialogs.ShouldBeEmpty();
        _world.Receive(SipText.Response(_world.SentInvite, 180, "b"));
        // The first INVITE's transaction ends after timer D.
        _world.Run(33_000);
        call.EarlyDialogs.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(401, "WWW-Authenticate", "Authorization")]
    [InlineData(407, "Proxy-Authenticate", "Proxy-Authorization")]
    public void A_challenged_INVITE_is_sent_once_more_with_credentials(int status, string challenge, string header)
    {
        Invite(Account());
        string first = _world.SentInvite;
        SipText.Header(first, header).ShouldBe("");
        _world.Receive(
            SipText.Response(
                first,
                status,
                extra: Challenge.Replace("WWW-Authenticate", challenge, StringComparison.Ordinal)
            )
        );

        SipText.Header(_world.SentInvite, header).ShouldContain("username=\"ann\", realm=\"there\", nonce=\"n1\"");
        SipText.Header(_world.SentInvite, "CSeq").ShouldBe("2 INVITE");
        SipText.Header(_world.SentInvite, "Call-ID").ShouldBe(SipText.Header(first, "Call-ID"));
        _world.Receive(SipText.Response(_world.SentInvite, 200, body: SipText.Body));
        _world.Heard.ShouldBe(["answered 200"]);
        SipText.Header(_world.Wire.Last, "CSeq").ShouldBe("2 ACK");
    }

    [Fact]
    public void A_second_challenge_is_the_end()
    {
        Invite(Account());
        _world.Receive(SipText.Response(_world.SentInvite, 401, extra: Challenge));
        _world.Receive(SipText.Response(_world.SentInvite, 401, extra: Challenge));
        _world.Heard.ShouldBe(["refused 401", "ended Refused"]);
        _world.CountSent("INVITE").ShouldBe(2);
    }

    [Fact]
    public void Without_credentials_or_for_another_realm_a_challenge_is_the_end()
    {
        Invite();
        _world.Receive(SipText.Response(_world.SentInvite, 401, extra: Challenge));
        _world.Heard[0].ShouldBe("refused 401");
        Invite(Account());
        _world.Receive(
            SipText.Response(
                _world.SentInvite,
                401,
                extra: Challenge.Replace("there", "elsewhere", StringComparison.Ordinal)
            )
        );
        _world.Heard[2].ShouldBe("refused 401");
    }

    [Theory]
    [InlineData(SipMethod.Info)]
    [InlineData(SipMethod.Update)]
    [InlineData(SipMethod.Invite)]
    public void A_challenge_within_the_call_is_answered_once(SipMethod method)
    {
        OutgoingCall call = Invite(Account());
        _world.Receive(
            SipText.Response(
                _world.SentInvite,
                200,
                extra: "Contact: <sip:alice@192.0.2.1:5060>\r\n",
                body: SipText.Body
            )
        );
        call.Send(method, method == SipMethod.Info ? Body.None : CallSide.Offer, _world.Owner).ShouldBeTrue();
        string first = _world.Wire.Last;
        _world.Receive(
            SipText.Response(first, 407, extra: Challenge.Replace("WWW", "Proxy", StringComparison.Ordinal))
        );
        string second = _world.Wire.Last;
        SipText.Header(second, "Proxy-Authorization").ShouldContain("username=\"ann\"");
        SipText.Header(second, "CSeq").ShouldStartWith("3 ");
        _world.Receive(SipText.Response(second, 200, body: method == SipMethod.Info ? "" : SipText.Body));
        _world.Heard[^1].ShouldBe($"completed {method} 200");
    }

    [Fact]
    public void Retransmissions_of_either_side_are_counted()
    {
        _world.Invite();
        _world.Run(3_500);
        _world.Transactions.Retransmissions.ShouldBe(3);
        _world.Transactions.Repeats.ShouldBe(0);
        _world.Owner.OnNew = call => call.Answer(CallSide.Offer);
        string invite = SipText.Request("INVITE", body: SipText.Body);
        _world.Receive(invite);
        _world.Receive(invite);
        _world.Transactions.Repeats.ShouldBe(1);
        long before = _world.Transactions.Retransmissions;
        _world.Run(1_500);
        (_world.Transactions.Retransmissions - before).ShouldBe(2);
    }

    private DigestClient Account() =>
        new(
            new DigestAccount(TypedWorld.Far, "there", "ann", DigestSecret.FromPassword("ann", "there", "secret")),
            LaneRandom.Seeded(9)
        );

    private OutgoingCall Invite(DigestClient? credentials = null) =>
        _world.Calls.Invite(
            new Invitation
            {
                Destination = TypedWorld.Far,
                Alternatives = credentials is null ? [Second, Third] : [],
                Credentials = credentials,
                RequestUri = "sip:alice@192.0.2.1"u8.ToArray(),
                From = "<sip:bob@192.0.2.2>"u8.ToArray(),
                To = "<sip:alice@192.0.2.1>"u8.ToArray(),
                Body = CallSide.Offer,
            },
            _world.Owner
        );

    private void Refuse(int status) => _world.Receive(SipText.Response(_world.SentInvite, status));
}
