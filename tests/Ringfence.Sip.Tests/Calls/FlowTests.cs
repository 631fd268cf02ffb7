using System.Net;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>Requests within a call to a far side that is only reached the way that it came (RFC 5626 §5.3).</summary>
public sealed class FlowTests
{
    private static readonly HeaderField Private = new(HeaderId.Contact, "<sip:bob@10.9.9.9:5060>");
    private readonly CallWorld _world = new();

    [Theory]
    [InlineData(TransportKind.Udp)]
    [InlineData(TransportKind.Tcp)]
    public void ACK_re_INVITE_and_BYE_keep_to_the_flow_whatever_Contact_the_callee_gives(TransportKind kind)
    {
        _world.Bob.Owner.OnNew = call => call.Answer(CallSide.Offer, Private);
        OutgoingCall call = _world.Alice.Calls.Invite(
            _world.Alice.To(_world.Bob.Node, kind) with
            {
                KeepFlow = true,
            },
            _world.Alice.Owner
        );
        _world.Run(100);
        call.Send(SipMethod.Invite, CallSide.Offer, null).ShouldBeTrue();
        _world.Run(100);
        call.End().ShouldBeTrue();
        _world.RunOut();

        _world.Steps.ShouldBe(["INVITE", "200", "ACK", "INVITE", "488", "ACK", "BYE", "200"]);
        _world.Bob.Heard.ShouldContain("ended ByeReceived");
        // The Request-URI stays the Contact (RFC 3261 §12.2.1.1).
        _world.Sent("BYE").ShouldStartWith("BYE sip:bob@10.9.9.9:5060 SIP/2.0\r\n");
    }

    [Fact]
    public void A_callee_that_is_not_held_to_its_flow_is_asked_at_its_Contact()
    {
        _world.Bob.Owner.OnNew = call => call.Answer(CallSide.Offer, Private);
        OutgoingCall call = _world.Alice.Invite(_world.Bob.Node);
        _world.Run(100);
        call.End();
        _world.Run(10);

        _world
            .Ladder[^1]
            .To.ShouldBe(_world.Bob.Node.Local with { Address = Peer.ToNumber(IPAddress.Parse("10.9.9.9")) });
        _world.Bob.Owner.Incoming[0].End();
        _world.Run(100_000);
    }

    [Theory]
    [InlineData(TransportKind.Udp)]
    [InlineData(TransportKind.Tcp)]
    public void The_BYE_of_the_called_side_keeps_to_the_flow_of_the_INVITE(TransportKind kind)
    {
        _world.Bob.Owner.OnNew = call =>
        {
            call.KeepFlow = true;
            call.Answer(CallSide.Offer);
        };
        _world.Alice.Calls.Invite(
            _world.Alice.To(_world.Bob.Node, kind) with
            {
                Contact = "<sip:alice@10.8.8.8:5060>"u8.ToArray(),
            },
            _world.Alice.Owner
        );
        _world.Run(100);
        _world.Bob.Owner.Incoming[0].End().ShouldBeTrue();
        _world.RunOut();

        _world.Steps.ShouldBe(["INVITE", "200", "ACK", "BYE", "200"]);
        _world.Alice.Heard.ShouldBe(["answered 200", "ended ByeReceived"]);
    }

    /// <summary>A browser that has connected anew, a NAT that has given another port: its last request in order says where it is.</summary>
    [Fact]
    public void A_request_in_order_from_elsewhere_moves_the_flow_and_one_out_of_order_does_not()
    {
        CallSide moved = new(_world.Network, _world.Clock, "192.0.2.3:40000", 9);
        _world.Bob.Owner.OnNew = call =>
        {
            call.KeepFlow = true;
            call.Answer(CallSide.Offer);
        };
        OutgoingCall call = _world.Alice.Calls.Invite(
            _world.Alice.To(_world.Bob.Node) with
            {
                Contact = "<sip:alice@10.8.8.8:5060>"u8.ToArray(),
            },
            _world.Alice.Owner
        );
        _world.Run(100);
        call.Send(SipMethod.Info, Body.None, null).ShouldBeTrue();
        _world.Run(100);
        string info = _world.Sent("INFO");
        SendFrom(moved, info.Replace("z9hG4bK", "z9hG4bKold", StringComparison.Ordinal));
        _world.Bob.Owner.Incoming[0].Send(SipMethod.Info, Body.None, null).ShouldBeTrue();
        _world.Run(100);
        _world.Ladder.Last(message => IsRequest(message, "INFO")).To.ShouldBe(_world.Alice.Node.Local);

        SendFrom(
            moved,
            info.Replace("z9hG4bK", "z9hG4bKnew", StringComparison.Ordinal)
                .Replace(SipText.Header(info, "CSeq"), "99 INFO", StringComparison.Ordinal)
        );
        _world.Bob.Owner.Incoming[0].End().ShouldBeTrue();
        _world.Run(10);

        _world.Ladder.Last(message => IsRequest(message, "BYE")).To.ShouldBe(moved.Node.Local);
    }

    private void SendFrom(CallSide side, string message)
    {
        side.Node.Wire.Send(_world.Bob.Node.Local, System.Text.Encoding.UTF8.GetBytes(message));
        _world.Run(10);
    }

    private static bool IsRequest(CarriedMessage message, string method) =>
        System.Text.Encoding.UTF8.GetString(message.Bytes.Span).StartsWith(method, StringComparison.Ordinal);
}
