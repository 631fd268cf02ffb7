using System.Text;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Calls;
using Ringfence.Sip.Tests.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Proxy;

/// <summary>
/// Requests within a call to a place that challenges each: the login is the proxy's, so the caller has nothing to answer with (RFC 3261
/// §22.3).
/// </summary>
public class LoginWithinCallTests
{
    private static readonly DigestSecret Secret = DigestSecret.FromPassword("edge", "bob.example", "right");
    private readonly ProxyWorld _world = new();
    private readonly DigestServer _server;

    public LoginWithinCallTests() =>
        _server = new DigestServer(
            new DigestServerOptions { Realm = "bob.example" },
            new Auth.Users { ["edge"] = Secret },
            new byte[16],
            _world.Clock
        );

    [Theory]
    [InlineData("INFO")]
    [InlineData("BYE")]
    public void A_request_within_the_call_brings_credentials_at_once(string method)
    {
        OutgoingCall call = Establish();
        Send(call, method);

        string sent = _world.Sent($"P>B {method}");
        Check(sent).ShouldBe(DigestOutcome.Authenticated);
        SipText.Header(sent, "CSeq").ShouldBe($"3 {method}");
        SipText.Header(_world.Sent("P>A 200", 1), "CSeq").ShouldBe($"2 {method}");
    }

    [Theory]
    [InlineData("INFO", "3 INFO")]
    [InlineData("BYE", "4 BYE")]
    public void A_challenge_within_the_call_is_answered_once_and_the_caller_hears_nothing_of_it(
        string method,
        string again
    )
    {
        OutgoingCall call = Establish();
        var far = new Challenging(_world, answersAfter: 1);
        _world.Bob.Node.Attach(far);
        Send(call, method);

        far.Requests.Count.ShouldBe(2);
        SipText.Header(far.Requests[1], "Proxy-Authorization").ShouldContain("nonce=\"fresh\"");
        SipText.Header(far.Requests[1], "CSeq").ShouldBe(again);
        _world.Steps.ShouldNotContain("P>A 407");
        SipText.Header(_world.Sent("P>A 200", 1), "CSeq").ShouldBe($"2 {method}");
    }

    [Fact]
    public void A_second_challenge_goes_to_the_caller()
    {
        OutgoingCall call = Establish();
        var far = new Challenging(_world, answersAfter: 9);
        _world.Bob.Node.Attach(far);
        Send(call, "INFO");

        far.Requests.Count.ShouldBe(2);
        _world.Steps.Count(step => step == "P>A 407").ShouldBe(1);
    }

    /// <summary>The callee's Contact is another host: what it gets is no matter of the login.</summary>
    [Fact]
    public void Another_address_gets_no_credentials()
    {
        OutgoingCall call = Establish(new HeaderField(HeaderId.Contact, "<sip:carol@192.0.2.3>"));
        Send(call, "BYE");

        _world.Sent("P>C BYE").ShouldNotContain("Authorization");
    }

    [Fact]
    public void A_re_INVITE_and_its_CANCEL_go_through_with_the_login()
    {
        OutgoingCall call = Establish();
        _world.Bob.Owner.OnAsked = request => request.Answer(200, default, CallSide.Offer);
        call.Send(SipMethod.Invite, CallSide.Offer, null).ShouldBeTrue();
        _world.Run(100);

        Check(_world.Sent("P>B INVITE", 2)).ShouldBe(DigestOutcome.Authenticated);
        _world.Steps.Count(step => step == "P>A 200").ShouldBe(2);
        SipText.Header(_world.Sent("P>B ACK", 2), "CSeq").ShouldBe("3 ACK");
        call.End();
        _world.RunOut();
        _world.Bob.Heard[^1].ShouldBe("ended ByeReceived");
    }

    private OutgoingCall Establish(params HeaderField[] headers)
    {
        _world.Place = side =>
            ProxyWorld.TargetOf(side) with
            {
                Login = new DigestLogin("bob.example", "edge", Secret),
            };
        _world.Bob.Owner.OnNew = call =>
        {
            DigestVerdict verdict = _server.Check(call.Request, asProxy: true);
            if (verdict.Outcome == DigestOutcome.Authenticated)
            {
                call.Answer(CallSide.Offer, headers);
            }
            else
            {
                call.Refuse(407, default, [.. verdict.Challenges.Select(value => new HeaderField(verdict.Id, value))]);
            }
        };
        OutgoingCall call = _world.Invite();
        _world.Run(100);
        _world.Told.ShouldBe(["completed 200"]);
        return call;
    }

    private void Send(OutgoingCall call, string method)
    {
        if (method == "BYE")
        {
            call.End().ShouldBeTrue();
        }
        else
        {
            call.Send(SipMethod.Info, Body.None, null).ShouldBeTrue();
        }

        _world.Run(100);
    }

    private DigestOutcome Check(string sent) =>
        _server.Check((SipRequest)SipText.Parse(sent).Message!, asProxy: true).Outcome;

    /// <summary>A far end that challenges so often before it answers.</summary>
    private sealed class Challenging(ProxyWorld world, int answersAfter) : IMessageSink
    {
        private const string Challenge =
            "Proxy-Authenticate: Digest realm=\"bob.example\", nonce=\"fresh\", qop=\"auth\", algorithm=MD5, stale=true\r\n";

        internal List<string> Requests { get; } = [];

        public void OnMessage(in Peer from, in ParseResult message)
        {
            string text = Encoding.UTF8.GetString(((SipRequest)message.Message!).Bytes);
            Requests.Add(text);
            string reply =
                Requests.Count > answersAfter
                    ? SipText.Response(text, 200)
                    : SipText.Response(text, 407, extra: Challenge);
            world.Bob.Node.Wire.Send(from, Encoding.UTF8.GetBytes(reply));
        }

        public void OnTransportError(in Peer to) { }
    }
}
