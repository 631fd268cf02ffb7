namespace Ringfence.Sip.Tests.Transactions;

/// <summary>Timers G, H, I, J and L and the 100 of §17.2.1, each to the millisecond.</summary>
public class ServerTimerTests
{
    private readonly TransactionWorld _world = new();

    private Ringfence.Sip.Transactions.ServerTransaction Server => _world.Servers[^1];

    [Fact]
    public void A_100_goes_out_after_200_milliseconds_of_silence()
    {
        _world.Receive(SipText.Request("INVITE"));
        _world.Run(199);
        _world.Wire.Sent.ShouldBeEmpty();

        _world.Run(1);

        _world.SentAt.ShouldBe([200]);
        SipText.Status(_world.Wire.Last).ShouldBe(100);
        SipText.Header(_world.Wire.Last, "To").ShouldBe("<sip:bob@192.0.2.2>");
    }

    [Fact]
    public void A_response_within_200_milliseconds_takes_the_place_of_the_100()
    {
        _world.Receive(SipText.Request("INVITE"));
        _world.Run(100);
        Server.Send(180);
        _world.Run(10_000);

        _world.SentAt.ShouldBe([100]);
    }

    [Fact]
    public void A_proxy_has_its_100_at_once()
    {
        _world.TryingAtOnce = true;
        _world.Receive(SipText.Request("INVITE"));

        SipText.Status(_world.Wire.Last).ShouldBe(100);
    }

    [Fact]
    public void A_request_other_than_INVITE_has_its_100_no_sooner_than_timer_E_reaches_T2()
    {
        _world.Receive(SipText.Request("OPTIONS"));
        _world.Run(10_000);

        _world.SentAt.ShouldBe([3_500]);
        SipText.Status(_world.Wire.Last).ShouldBe(100);
    }

    [Fact]
    public void Timer_G_doubles_to_T2_and_timer_H_gives_up_after_64_T1()
    {
        _world.Receive(SipText.Request("INVITE"));
        Server.Send(607);

        _world.Run(31_999);
        _world.SentAt.ShouldBe([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
        _world.Layer.Count.ShouldBe(1);

        _world.Run(1);
        _world.Told[^1].ShouldBe((32_000, "terminated"));
        _world.ShouldBeEmpty();
    }

    [Fact]
    public void A_refusal_over_a_reliable_transport_is_sent_once_and_waits_64_T1_for_the_ACK()
    {
        _world.Receive(SipText.Request("INVITE", transport: "TCP"), TransactionWorld.FarTcp);
        Server.Send(607);
        _world.Run(31_999);
        _world.Layer.Count.ShouldBe(1);

        _world.Run(1);

        _world.SentAt.ShouldBe([0]);
        _world.ShouldBeEmpty();
    }

    [Fact]
    public void The_ACK_stops_timer_G_and_timer_I_absorbs_more_of_them_for_T4()
    {
        _world.Receive(SipText.Request("INVITE"));
        Server.Send(607);
        _world.Run(600);
        _world.Receive(SipText.Request("ACK", toTag: "any"));
        _world.Layer.Pool.Outstanding.ShouldBe(0);
        _world.Run(4_999);
        _world.Receive(SipText.Request("ACK", toTag: "any"));
        _world.SentAt.ShouldBe([0, 500]);
        _world.Layer.Count.ShouldBe(1);

        _world.Run(1);

        _world.Told.ShouldBe([(0, "request INVITE"), (5_600, "terminated")]);
        _world.ShouldBeEmpty();
    }

    [Fact]
    public void Timers_I_and_J_are_zero_over_a_reliable_transport()
    {
        _world.Receive(SipText.Request("INVITE", transport: "TCP"), TransactionWorld.FarTcp);
        Server.Send(607);
        _world.Receive(SipText.Request("ACK", toTag: "any", transport: "TCP"), TransactionWorld.FarTcp);
        _world.Receive(SipText.Request("OPTIONS", transport: "TCP"), TransactionWorld.FarTcp);
        Server.Send(200);

        _world.Run(1);

        _world.ShouldBeEmpty();
    }

    [Fact]
    public void Timer_J_answers_a_repeated_request_for_64_T1()
    {
        string options = SipText.Request("OPTIONS");
        _world.Receive(options);
        _world.Receive(options);
        _world.Wire.Sent.ShouldBeEmpty();
        Server.Send(200);
        _world.Run(31_999);
        _world.Receive(options);
        _world.Wire.Sent.Count.ShouldBe(2);
        _world.Wire.Sent[0].Text.ShouldBe(_world.Wire.Sent[1].Text);

        _world.Run(1);

        _world.Told[^1].ShouldBe((32_000, "terminated"));
        _world.ShouldBeEmpty();
    }

    [Fact]
    public void Timer_L_absorbs_repeated_INVITEs_and_hands_each_ACK_on_for_64_T1()
    {
        string invite = SipText.Request("INVITE");
        _world.Receive(invite);
        Server.Send(200);
        _world.Run(31_999);
        _world.Receive(invite);
        _world.Receive(SipText.Request("ACK", toTag: "any"));
        _world.Told.ShouldBe([(0, "request INVITE"), (31_999, "ack")]);
        _world.SentAt.ShouldBe([0]);

        _world.Run(1);

        _world.Told[^1].ShouldBe((32_000, "terminated"));
        _world.ShouldBeEmpty();
    }
}
