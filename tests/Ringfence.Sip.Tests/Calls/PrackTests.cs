using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>Reliable provisional responses (RFC 3262), the side that receives them, and both sides together.</summary>
public class PrackTests
{
    private readonly TypedWorld _world = new();

    private string[] Pracks =>
        [.. _world.Wire.Sent.Select(sent => sent.Text).Where(text => SipText.Method(text) == "PRACK")];

    [Fact]
    public void A_reliable_response_is_acknowledged_once_and_its_repeats_are_ignored()
    {
        _world.Invite();
        string response = Reliable(183, "a", 7);
        _world.Receive(response);
        _world.Receive(response);

        Pracks.Length.ShouldBe(1);
        SipText.Header(Pracks[0], "RAck").ShouldBe("7 1 INVITE");
        SipText.Header(Pracks[0], "CSeq").ShouldBe("2 PRACK");
        _world.Heard.ShouldBe(["progress 183"]);
    }

    [Fact]
    public void A_gap_in_the_numbers_is_not_acknowledged_and_not_processed()
    {
        _world.Invite();
        _world.Receive(Reliable(183, "a", 7));
        _world.Receive(Reliable(180, "a", 9));
        Pracks.Length.ShouldBe(1);
        _world.Receive(Reliable(181, "a", 8));
        _world.Receive(Reliable(180, "a", 9));
        Pracks.Length.ShouldBe(3);
        _world.Heard.ShouldBe(["progress 183", "progress 181", "progress 180"]);
    }

    [Fact]
    public void Each_fork_counts_for_itself_and_gets_its_own_PRACK()
    {
        _world.Invite();
        _world.Receive(Reliable(183, "a", 7));
        _world.Receive(Reliable(183, "b", 100));
        Pracks.Select(prack => SipText.Parameter(SipText.Header(prack, "To"), "tag")).ShouldBe(["a", "b"]);
        Pracks.Select(prack => SipText.Header(prack, "RAck")).ShouldBe(["7 1 INVITE", "100 1 INVITE"]);
    }

    [Fact]
    public void An_unreliable_response_is_not_acknowledged()
    {
        _world.Invite();
        _world.Receive(SipText.Response(_world.SentInvite, 180, "a"));
        Pracks.ShouldBeEmpty();
    }

    [Fact]
    public void An_offer_of_the_far_side_is_answered_in_the_PRACK_by_its_owner()
    {
        Dialog? early = null;
        _world.Owner.OnRinging = (call, dialog, _) =>
        {
            early = dialog;
            call.AcknowledgeProgress(dialog, CallSide.Offer).ShouldBeTrue();
        };
        _world.Calls.Invite(
            new Invitation
            {
                Destination = TypedWorld.Far,
                RequestUri = "sip:alice@192.0.2.1"u8.ToArray(),
                From = "<sip:bob@192.0.2.2>"u8.ToArray(),
                To = "<sip:alice@192.0.2.1>"u8.ToArray(),
            },
            _world.Owner
        );
        _world.Receive(Reliable(183, "a", 7));

        Pracks.Length.ShouldBe(1);
        Pracks[0].ShouldEndWith(SipText.Body);
        TypedWorld.Text(early!.RemoteDescription).ShouldBe(SipText.Body);
    }

    [Theory]
    [InlineData(Reliability.Supported, "timer, 100rel", "")]
    [InlineData(Reliability.Required, "timer, 100rel", "100rel")]
    [InlineData(Reliability.Off, "timer", "")]
    public void An_INVITE_says_what_is_wanted(Reliability reliability, string supported, string required)
    {
        var world = new TypedWorld(new CallOptions { Reliability = reliability });
        world.Invite();
        SipText.Header(world.SentInvite, "Supported").ShouldBe(supported);
        SipText.Header(world.SentInvite, "Require").ShouldBe(required);
    }

    [Fact]
    public void Both_sides_together_progress_acknowledge_answer_and_update()
    {
        var world = new CallWorld(reliability: Reliability.Supported);
        world.Bob.Owner.OnAsked = request => request.Answer(200, default, CallSide.Offer);
        world.Bob.Owner.OnNew = call => call.Progress(183, default, CallSide.Offer);
        OutgoingCall call = world.Alice.Invite(world.Bob.Node);
        world.Run(100);
        world.Bob.Owner.Incoming[0].Send(SipMethod.Update, CallSide.Offer, world.Bob.Owner).ShouldBeTrue();
        world.Run(100);
        world.Bob.Owner.Incoming[0].Answer(Body.None);
        world.Run(100);
        call.End();
        world.RunOut();

        world.Steps.ShouldBe(["INVITE", "183", "PRACK", "200", "UPDATE", "488", "200", "ACK", "BYE", "200"]);
        world.Bob.Heard.ShouldBe(["invite", "completed Update 488", "acknowledged", "ended ByeReceived"]);
    }

    private string Reliable(int statusCode, string tag, uint number) =>
        SipText.Response(
            _world.SentInvite,
            statusCode,
            tag,
            $"Contact: <sip:alice@192.0.2.1:5060>\r\nRequire: 100rel\r\nRSeq: {number}\r\n",
            SipText.Body
        );
}
