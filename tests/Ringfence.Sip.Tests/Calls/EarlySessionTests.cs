using System.Text;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>Early sessions (RFC 3959), both sides.</summary>
public sealed class EarlySessionTests
{
    private const string Supports = "Supported: 100rel, early-session\r\n";
    private const string EarlyAnswer =
        "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 20002 RTP/AVP 0\r\n";
    private static readonly byte[] Session = Encoding.ASCII.GetBytes(SipText.Body);
    private static readonly byte[] Early = Encoding.ASCII.GetBytes(SipText.Body.Replace("4000", "30002"));

    private readonly TypedWorld _world = new();

    private string LastProgress => _world.Wire.Sent.Last(sent => SipText.Status(sent.Text) is > 100 and < 200).Text;

    private string LastPrack => _world.Wire.Sent.Last(sent => SipText.Method(sent.Text) == "PRACK").Text;

    [Theory]
    [InlineData(Supports, true)]
    [InlineData("Require: 100rel, early-session\r\n", true)]
    [InlineData("Supported: 100rel\r\n", false)]
    [InlineData("Supported: early-session\r\n", false)]
    [InlineData("", false)]
    public void It_may_be_offered_to_a_caller_that_knows_it_and_gets_it_reliably(string extra, bool may)
    {
        Receive(extra, call => call.MayOfferEarlySession.ShouldBe(may));
    }

    [Fact]
    public void The_message_flow_of_RFC_3959_figure_1()
    {
        Receive(Supports, Offer);
        SipText.Header(LastProgress, "Content-Type").ShouldStartWith("multipart/mixed");
        SipText.Header(LastProgress, "Supported").ShouldContain("early-session");
        SipMessage parsed = SipText.Parse(LastProgress).Message!;
        Multipart.FindSdp(parsed, ParserLimits.Default, out ReadOnlySpan<byte> session).IsFault.ShouldBeFalse();
        Multipart.FindEarlySdp(parsed, ParserLimits.Default, out ReadOnlySpan<byte> early).IsFault.ShouldBeFalse();
        Encoding.ASCII.GetString(session).ShouldBe(SipText.Body);
        Encoding.ASCII.GetString(early).ShouldBe(Encoding.ASCII.GetString(Early));

        _world.Owner.OnAsked = request =>
        {
            (request.IsOffer, request.IsEarlyOffer).ShouldBe((false, false));
            request.AnswerByDefault();
        };
        Prack("Content-Disposition: early-session\r\n", EarlyAnswer);

        _world.Statuses.ShouldBe([183, 200]);
        _world.Heard.ShouldBe(["invite", "request Prack", "early answer m=audio 20002 RTP/AVP 0"]);
        _world.Call.Answer(Body.Sdp(Session)).ShouldBeTrue();
        _world.Wire.Last.ShouldEndWith(SipText.Body);
        SipText.Header(_world.Wire.Last, "Content-Type").ShouldBe("application/sdp");
    }

    [Fact]
    public void A_PRACK_without_an_answer_is_told_of_and_the_200_that_waited_goes_before()
    {
        Receive(
            Supports,
            call =>
            {
                Offer(call);
                call.Answer(Body.Sdp(Session));
            }
        );
        _world.Statuses.ShouldBe([183]);
        Prack();
        _world.Statuses.ShouldBe([183, 200, 200]);
        _world.Heard.ShouldBe(["invite", "no early answer"]);
    }

    [Fact]
    public void An_early_session_never_goes_into_a_second_offer_nor_out_unreliably()
    {
        Receive(
            Supports,
            call =>
            {
                Offer(call);
                call.MayOfferEarlySession.ShouldBeFalse();
                Should.Throw<ArgumentException>(() => Offer(call)).Message.ShouldContain("RFC");
            }
        );
        _world.Owner.OnNew = call =>
            Should.Throw<ArgumentException>(() => Offer(call)).Message.ShouldContain("reliable");
        _world.Receive(SipText.Request("INVITE", "z9hG4bKtwo", "call-2", body: SipText.Body));
    }

    [Fact]
    public void Requiring_it_where_it_is_not_understood_is_420()
    {
        _world.Owner.OnNew = call => call.Progress(183, default, CallSide.Offer).ShouldBeFalse();
        _world.Receive(SipText.Request("INVITE", extra: "Require: early-session\r\n", body: SipText.Body));
        _world.Statuses.ShouldBe([420]);
        SipText.Header(_world.Wire.Last, "Unsupported").ShouldBe("early-session");
    }

    [Fact]
    public void An_UPDATE_with_an_early_offer_says_so_and_is_not_taken_for_one_of_the_session()
    {
        Receive(Supports, Offer);
        Prack("Content-Disposition: early-session\r\n", EarlyAnswer);
        _world.Owner.OnAsked = request =>
        {
            (request.IsOffer, request.IsEarlyOffer).ShouldBe((false, true));
            request.Answer(200, default, Body.EarlySdp(Early));
        };
        Send("UPDATE", 3, "Content-Disposition: early-session\r\n", EarlyAnswer);
        SipText.Header(_world.Wire.Last, "Content-Disposition").ShouldBe("early-session");
    }

    [Fact]
    public void The_offer_of_a_callee_is_answered_in_the_PRACK()
    {
        _world.Owner.OnRinging = (call, dialog, _) =>
        {
            TypedWorld.Text(dialog.EarlyOffer).ShouldBe(Encoding.ASCII.GetString(Early));
            TypedWorld.Text(dialog.RemoteDescription).ShouldBe(SipText.Body);
            call.AcknowledgeProgress(dialog, Body.EarlySdp(Encoding.ASCII.GetBytes(EarlyAnswer))).ShouldBeTrue();
            call.AcknowledgeProgress(dialog, Body.None).ShouldBeFalse();
        };
        Invite(takesEarlySession: true);
        SipText.Header(_world.SentInvite, "Supported").ShouldBe("timer, 100rel, early-session");
        _world.Receive(OfferOf(7));

        _world.CountSent("PRACK").ShouldBe(1);
        SipText.Header(LastPrack, "Content-Disposition").ShouldBe("early-session");
        LastPrack.ShouldEndWith(EarlyAnswer);
        _world.Receive(OfferOf(7));
        _world.CountSent("PRACK").ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_offer_that_nobody_wants_gets_a_bare_PRACK(bool takesEarlySession)
    {
        Invite(takesEarlySession);
        _world.Receive(OfferOf(7));
        SipText.Header(LastPrack, "Content-Length").ShouldBe("0");
        _world.Receive(SipText.Response(_world.SentInvite, 200, "a"));
        _world.Heard.ShouldBe(["progress 183", "answered 200"]);
    }

    private void Invite(bool takesEarlySession) =>
        _world.Calls.Invite(
            new Invitation
            {
                Destination = TypedWorld.Far,
                RequestUri = "sip:alice@192.0.2.1"u8.ToArray(),
                From = "<sip:bob@192.0.2.2>"u8.ToArray(),
                To = "<sip:alice@192.0.2.1>"u8.ToArray(),
                Body = CallSide.Offer,
                TakesEarlySession = takesEarlySession,
            },
            _world.Owner
        );

    private string OfferOf(uint number)
    {
        Body body = Body.EarlySdp(Early, Session);
        return SipText
            .Response(
                _world.SentInvite,
                183,
                "a",
                $"Contact: <sip:alice@192.0.2.1:5060>\r\nRequire: 100rel\r\nRSeq: {number}\r\n",
                Encoding.ASCII.GetString(body.Content.Span)
            )
            .Replace(
                "Content-Type: application/sdp\r\nContent-Length",
                $"Content-Type: {TypedWorld.Text(body.ContentType)}\r\nContent-Length"
            );
    }

    private static void Offer(IncomingCall call) => call.Progress(183, default, Body.EarlySdp(Early, Session));

    private void Receive(string extra, Action<IncomingCall> decide)
    {
        _world.Owner.OnNew = call =>
        {
            call.TakesEarlySession = true;
            decide(call);
        };
        _world.Receive(SipText.Request("INVITE", extra: extra, body: SipText.Body));
    }

    private void Prack(string extra = "", string body = "") =>
        Send("PRACK", 2, $"RAck: {SipText.Header(LastProgress, "RSeq")} 1 INVITE\r\n{extra}", body);

    private void Send(string method, int cseq, string extra, string body) =>
        _world.Receive(
            SipText.Request(
                method,
                $"z9hG4bK{method}",
                toTag: SipText.Parameter(SipText.Header(LastProgress, "To"), "tag"),
                cseq: cseq,
                extra: extra,
                body: body
            )
        );
}
