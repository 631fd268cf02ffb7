using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transactions;

/// <summary>Timers A, B, D, E, F, K and M, each to the millisecond (RFC 3261 table 4, RFC 6026).</summary>
public class ClientTimerTests
{
    private readonly TransactionWorld _world = new();

    [Fact]
    public void Timer_A_doubles_from_T1_and_timer_B_gives_up_after_64_T1()
    {
        _world.Send("INVITE");

        _world.Run(31_999);
        _world.SentAt.ShouldBe([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]);
        _world.Told.ShouldBeEmpty();

        _world.Run(1);
        _world.Told.ShouldBe([(32_000, "failure 408"), (32_000, "terminated")]);
        _world.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_sent_again_over_a_reliable_transport()
    {
        _world.Send("INVITE", TransactionWorld.FarTcp);
        _world.Send("OPTIONS", TransactionWorld.FarTcp);

        _world.Run(32_000);

        _world.SentAt.ShouldBe([0, 0]);
        _world.Told.Count(told => told == (32_000, "failure 408")).ShouldBe(2);
        _world.ShouldBeEmpty();
    }

    [Fact]
    public void A_provisional_response_stops_timers_A_and_B_for_good()
    {
        _world.Send("INVITE");
        _world.Run(600);
        _world.Receive(SipText.Response(_world.Wire.Last, 180));

        _world.Run(500_000);

        _world.SentAt.ShouldBe([0, 500]);
        _world.Told.ShouldBe([(600, "response 180")]);
        _world.Layer.Count.ShouldBe(1);
    }

    [Fact]
    public void Timer_D_absorbs_repeated_refusals_for_32_seconds_and_acknowledges_each()
    {
        _world.Send("INVITE");
        string refusal = SipText.Response(_world.Wire.Last, 486);
        _world.Receive(refusal);
        _world.Run(31_999);
        _world.Receive(refusal);

        _world.Wire.Sent.Count(sent => SipText.Method(sent.Text) == "ACK").ShouldBe(2);
        _world.Told.ShouldBe([(0, "response 486")]);

        _world.Run(1);
        _world.Told[^1].ShouldBe((32_000, "terminated"));
        _world.Receive(refusal);
        _world.Told[^1].ShouldBe((32_000, "stray 486"));
        _world.ShouldBeEmpty();
    }

    [Fact]
    public void Timers_D_and_K_are_zero_over_a_reliable_transport()
    {
        _world.Send("INVITE", TransactionWorld.FarTcp);
        _world.Receive(SipText.Response(_world.Wire.Last, 486), TransactionWorld.FarTcp);
        _world.Send("OPTIONS", TransactionWorld.FarTcp);
        _world.Receive(SipText.Response(_world.Wire.Last, 200), TransactionWorld.FarTcp);

        _world.Run(1);

        _world.ShouldBeEmpty();
    }

    [Fact]
    public void Timer_E_doubles_to_T2_and_timer_F_gives_up_after_64_T1()
    {
        _world.Send("OPTIONS");

        _world.Run(32_000);

        _world.SentAt.ShouldBe([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
        _world.Told.ShouldBe([(32_000, "failure 408"), (32_000, "terminated")]);
        _world.ShouldBeEmpty();
    }

    [Fact]
    public void Timer_E_is_T2_once_a_provisional_response_has_come_and_timer_F_runs_on()
    {
        _world.Send("OPTIONS");
        _world.Run(100);
        _world.Receive(SipText.Response(_world.Wire.Last, 100));

        _world.Run(40_000);

        _world.SentAt.ShouldBe([0, 500, 4_500, 8_500, 12_500, 16_500, 20_500, 24_500, 28_500]);
        _world.Told.ShouldBe([(100, "response 100"), (32_000, "failure 408"), (32_000, "terminated")]);
    }

    [Fact]
    public void Timer_K_absorbs_repeated_responses_for_T4()
    {
        _world.Send("OPTIONS");
        string ok = SipText.Response(_world.Wire.Last, 200);
        _world.Receive(ok);
        _world.Run(4_999);
        _world.Receive(ok);
        _world.Told.ShouldBe([(0, "response 200")]);

        _world.Run(1);

        _world.Told[^1].ShouldBe((5_000, "terminated"));
        _world.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(TransportKind.Udp)]
    [InlineData(TransportKind.Tcp)]
    public void Timer_M_hands_every_2xx_on_for_64_T1(TransportKind kind)
    {
        Peer far = TransactionWorld.Far with { Kind = kind };
        _world.Send("INVITE", far);
        string first = SipText.Response(_world.Wire.Last, 200, "fork-1");
        string second = SipText.Response(_world.Wire.Last, 200, "fork-2");
        _world.Receive(first, far);
        _world.Run(31_999);
        _world.Receive(first, far);
        _world.Receive(second, far);
        _world.Told.Count(told => told.What == "response 200").ShouldBe(3);
        _world.Wire.Sent.Count.ShouldBe(1);

        _world.Run(1);

        _world.Told[^1].ShouldBe((32_000, "terminated"));
        _world.ShouldBeEmpty();
    }
}
