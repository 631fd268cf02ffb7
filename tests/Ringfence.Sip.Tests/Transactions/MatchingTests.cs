using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transactions;

/// <summary>Which transaction a message belongs to (RFC 3261 §17.1.3, §17.2.3, §9.2, §8.2.2.2).</summary>
public class MatchingTests
{
    private readonly TransactionWorld _world = new();

    private int NewRequests => _world.Told.Count(told => told.What.StartsWith("request", StringComparison.Ordinal));

    [Theory]
    [InlineData("z9hG4bKtwo", "192.0.2.1:5060", "INVITE")]
    [InlineData("z9hG4bKone", "192.0.2.1:5061", "INVITE")]
    [InlineData("z9hG4bKone", "192.0.2.7:5060", "INVITE")]
    [InlineData("z9hG4bKONE", "192.0.2.1:5060", "INVITE")]
    [InlineData("z9hG4bKone", "192.0.2.1:5060", "OPTIONS")]
    public void Another_branch_sent_by_or_method_is_another_transaction(string branch, string via, string method)
    {
        _world.Receive(SipText.Request("INVITE"));
        _world.Receive(SipText.Request(method, branch, via: via));

        NewRequests.ShouldBe(2);
        _world.Layer.Count.ShouldBe(2);
    }

    [Fact]
    public void The_same_branch_sent_by_and_method_is_the_same_transaction_whatever_else_differs()
    {
        _world.Receive(SipText.Request("INVITE"));
        _world.Receive(SipText.Request("INVITE", callId: "other", fromTag: "other", cseq: 9, uri: "sip:x@192.0.2.2"));

        NewRequests.ShouldBe(1);
    }

    [Fact]
    public void A_repeated_INVITE_gets_the_last_response_again()
    {
        _world.Receive(SipText.Request("INVITE"));
        _world.Receive(SipText.Request("INVITE"));
        _world.Wire.Sent.ShouldBeEmpty();
        _world.Servers[0].Send(180);
        _world.Receive(SipText.Request("INVITE"));
        _world.Wire.Sent.Select(sent => SipText.Status(sent.Text)).ShouldBe([180, 180]);
    }

    [Fact]
    public void An_ACK_for_a_refusal_matches_by_the_branch_of_its_INVITE()
    {
        _world.Receive(SipText.Request("INVITE"));
        _world.Servers[0].Send(486);
        _world.Receive(SipText.Request("ACK", "z9hG4bKother", toTag: "x"));
        _world.Servers[0].State.ShouldBe(TransactionState.Completed);
        _world.Receive(SipText.Request("ACK", toTag: "x"));
        _world.Servers[0].State.ShouldBe(TransactionState.Confirmed);
    }

    [Fact]
    public void A_CANCEL_is_answered_200_with_the_tag_of_its_INVITE_and_told_once()
    {
        _world.Receive(SipText.Request("INVITE"));
        _world.Receive(SipText.Request("CANCEL"));
        _world.Receive(SipText.Request("CANCEL"));
        _world.Servers[0].Send(487);

        _world.Wire.Sent.Select(sent => SipText.Status(sent.Text)).ShouldBe([200, 200, 487]);
        string[] tags = [.. _world.Wire.Sent.Select(sent => SipText.Parameter(SipText.Header(sent.Text, "To"), "tag"))];
        tags.Distinct().Count().ShouldBe(1);
        tags[0].Length.ShouldBe(10);
        SipText.Header(_world.Wire.Sent[0].Text, "CSeq").ShouldBe("1 CANCEL");
        _world.Told.Count(told => told.What == "cancel").ShouldBe(1);
    }

    [Fact]
    public void A_CANCEL_after_the_final_response_changes_nothing()
    {
        _world.Receive(SipText.Request("INVITE"));
        _world.Servers[0].Send(486);
        _world.Receive(SipText.Request("CANCEL"));

        SipText.Status(_world.Wire.Last).ShouldBe(200);
        _world.Heard("cancel").ShouldBeFalse();
        _world.Servers[0].State.ShouldBe(TransactionState.Completed);
    }

    [Fact]
    public void A_CANCEL_without_its_INVITE_goes_to_the_core()
    {
        _world.Accepts = false;
        _world.Receive(SipText.Request("CANCEL"));
        _world.Heard("request CANCEL").ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("z9hG4bK")]
    public void Without_the_cookie_a_repeated_INVITE_matches_by_RFC_2543(string branch)
    {
        _world.Receive(SipText.Request("INVITE", branch));
        _world.Receive(SipText.Request("INVITE", branch));
        NewRequests.ShouldBe(1);
    }

    [Theory]
    [InlineData("call-2", "ft", 1, "sip:bob@192.0.2.2", "192.0.2.1:5060", "")]
    [InlineData("call-1", "other", 1, "sip:bob@192.0.2.2", "192.0.2.1:5060", "")]
    [InlineData("call-1", "ft", 2, "sip:bob@192.0.2.2", "192.0.2.1:5060", "")]
    [InlineData("call-1", "ft", 1, "sip:eve@192.0.2.2", "192.0.2.1:5060", "")]
    [InlineData("call-1", "ft", 1, "sip:bob@192.0.2.2", "192.0.2.1:5070", "")]
    [InlineData("call-1", "ft", 1, "sip:bob@192.0.2.2", "192.0.2.1:5060", "tt")]
    public void Without_the_cookie_any_of_the_six_differing_makes_another_transaction(
        string callId,
        string fromTag,
        int cseq,
        string uri,
        string via,
        string toTag
    )
    {
        _world.Receive(SipText.Request("INVITE", ""));
        _world.Receive(
            SipText.Request(
                "INVITE",
                "",
                callId: callId,
                fromTag: fromTag,
                cseq: cseq,
                uri: uri,
                via: via,
                toTag: toTag
            )
        );
        NewRequests.ShouldBe(2);
    }

    [Fact]
    public void Without_the_cookie_an_ACK_matches_only_with_the_tag_of_the_response()
    {
        _world.Receive(SipText.Request("INVITE", ""));
        _world.Servers[0].Send(486);
        string tag = SipText.Parameter(SipText.Header(_world.Wire.Last, "To"), "tag");

        _world.Receive(SipText.Request("ACK", "", toTag: "wrong"));
        _world.Servers[0].State.ShouldBe(TransactionState.Completed);
        _world.Receive(SipText.Request("ACK", "", toTag: tag));
        _world.Servers[0].State.ShouldBe(TransactionState.Confirmed);
    }

    [Fact]
    public void Without_the_cookie_a_CANCEL_finds_its_INVITE()
    {
        _world.Receive(SipText.Request("INVITE", ""));
        _world.Receive(SipText.Request("CANCEL", ""));
        _world.Heard("cancel").ShouldBeTrue();
    }

    [Fact]
    public void A_response_matches_by_branch_and_method()
    {
        ClientTransaction invite = _world.Send("INVITE");
        string sent = _world.Wire.Last;
        _world.Receive(
            SipText.Response(sent, 180).Replace("CSeq: 1 INVITE", "CSeq: 1 CANCEL", StringComparison.Ordinal)
        );
        _world.Heard("stray 180").ShouldBeTrue();
        _world.Receive(SipText.Response(sent, 180).Replace("z9hG4bK", "z9hG4bX", StringComparison.Ordinal));
        invite.State.ShouldBe(TransactionState.Calling);
        _world.Receive(SipText.Response(sent, 180));
        invite.State.ShouldBe(TransactionState.Proceeding);
    }

    [Fact]
    public void A_request_that_came_by_another_way_before_is_noticed()
    {
        _world.Receive(SipText.Request("INVITE"));
        var second = (SipRequest)SipText.Parse(SipText.Request("INVITE", "z9hG4bKother")).Message!;
        _world.Layer.Table.HasTwin(second).ShouldBeTrue();

        SipMessage?[] others =
        [
            SipText.Parse(SipText.Request("INVITE", "z9hG4bKother", fromTag: "x")).Message,
            SipText.Parse(SipText.Request("INVITE", "z9hG4bKother", callId: "x")).Message,
            SipText.Parse(SipText.Request("INVITE", "z9hG4bKother", cseq: 2)).Message,
            SipText.Parse(SipText.Request("OPTIONS", "z9hG4bKother")).Message,
            SipText.Parse(SipText.Request("INVITE", "z9hG4bKother", toTag: "x")).Message,
        ];
        others.ShouldAllBe(other => !_world.Layer.Table.HasTwin((SipRequest)other!));
        _world.Layer.Table.AllowTwins(_world.Servers[0]);
        _world.Layer.Table.HasTwin(second).ShouldBeFalse();
    }

    [Fact]
    public void A_transport_error_reaches_every_pending_transaction_with_that_peer_and_no_other()
    {
        Peer other = TransactionWorld.Far with { Port = 5070 };
        _world.Send("INVITE");
        _world.Send("OPTIONS");
        ClientTransaction elsewhere = _world.Send("INVITE", other);
        ClientTransaction done = _world.Send("OPTIONS");
        _world.Receive(SipText.Response(_world.Wire.Last, 200));

        _world.Layer.OnTransportError(TransactionWorld.Far);

        _world.Told.Count(told => told.What == "failure 503").ShouldBe(2);
        elsewhere.State.ShouldBe(TransactionState.Calling);
        done.State.ShouldBe(TransactionState.Completed);
    }

    [Fact]
    public void A_provisional_response_outlives_a_transport_error()
    {
        ClientTransaction before = _world.Send("INVITE");
        ClientTransaction invite = _world.Send("INVITE");
        _world.Receive(SipText.Response(_world.Wire.Last, 180));
        _world.Layer.OnTransportError(TransactionWorld.Far);
        invite.State.ShouldBe(TransactionState.Proceeding);
        before.State.ShouldBe(TransactionState.Terminated);
    }

    [Fact]
    public void A_request_that_cannot_be_sent_fails_later_and_never_from_within()
    {
        _world.Wire.Outcome = SendOutcome.NoRoute;
        _world.Send("INVITE");
        _world.Told.ShouldBeEmpty();
        _world.Run(1);
        _world.Told.ShouldBe([(1, "failure 503"), (1, "terminated")]);
        _world.ShouldBeEmpty();
    }

    [Fact]
    public void A_response_that_cannot_be_sent_leaves_the_transaction_where_it_is()
    {
        _world.Receive(SipText.Request("INVITE"));
        _world.Wire.Outcome = SendOutcome.Failed;
        _world.Servers[0].Send(486);
        _world.Heard("transport error").ShouldBeTrue();
        _world.Servers[0].State.ShouldBe(TransactionState.Completed);
        _world.Run(32_000);
        _world.ShouldBeEmpty();
    }
}
