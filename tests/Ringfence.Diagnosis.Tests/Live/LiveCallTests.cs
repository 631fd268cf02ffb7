using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Live;
using Ringfence.Diagnosis.Tests.Findings;

namespace Ringfence.Diagnosis.Tests.Live;

public sealed class LiveCallTests
{
    private readonly List<string> _progress = [];
    private readonly List<CallDiagnosis> _ended = [];
    private readonly LiveCalls _calls;

    public LiveCallTests() => _calls = Calls(new LiveLimits());

    [Fact]
    public void A_call_is_told_when_it_has_ended_with_what_the_rules_make_of_it()
    {
        var script = new Script().A("INVITE", Script.Offer).B(183, Script.Answer).Wait(3).B(607);
        Feed(_calls, script);
        _ended.ShouldBeEmpty("packets may still come");

        _calls.Tick(Nanoseconds(script.Now + 3_000));

        var diagnosis = _ended.ShouldHaveSingleItem();
        diagnosis.Trace.Calls[0].State.ShouldBe(CallState.Refused);
        diagnosis.Findings.Select(finding => finding.Id).ShouldContain("BK-01");
        _calls.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(-3_600)]
    [InlineData(3_600)]
    public void A_call_lasts_as_long_as_it_does_by_the_clock_of_its_agent(int clockOff)
    {
        const long Now = 1_800_000_000_000_000_000;
        var there = (uint)((Now / 1_000_000_000) + clockOff);
        using var decoder = new LiveDecoder(_calls);
        foreach (var message in new[] { "INVITE sip:b@x SIP/2.0", "SIP/2.0 180 Ringing", "SIP/2.0 603 Decline" })
        {
            _calls.Tick(Now);
            decoder.Hep(Now, AgentPacket.Of(there, AgentPacket.Sip(message))).ShouldBeTrue();
        }

        _calls.Tick(Now + 1_000_000_000);
        _ended.ShouldBeEmpty("packets may still come");
        _calls.Tick(Now + 2_000_000_000);
        _ended.ShouldHaveSingleItem().Trace.Calls[0].State.ShouldBe(CallState.Refused);
    }

    [Fact]
    public void Media_goes_to_the_call_that_named_its_address()
    {
        Feed(_calls, new Script().A("INVITE", Script.Offer).B(183, Script.Answer).Rtp(2).Wait(2).B(603));
        _calls.Finish();
        _ended[0].Trace.Calls[0].Streams.ShouldHaveSingleItem().Packets.ShouldBe(100);
    }

    [Fact]
    public void Legs_of_a_back_to_back_agent_are_told_as_one_call_with_the_reason()
    {
        var script = new Script()
            .Call("x", a: "203.0.113.9", b: "203.0.113.10")
            .A("INVITE", Script.Offer)
            .Call("x_leg", a: Script.AHost, b: Script.BHost)
            .A("INVITE", Script.Offer)
            .B(607)
            .Call("x", a: "203.0.113.9", b: "203.0.113.10")
            .B(480);
        Feed(_calls, script);
        _calls.Count.ShouldBe(2, "each Call-ID is followed");
        _calls.Finish();

        var told = _ended.ShouldHaveSingleItem();
        told.Trace.Calls[0].Legs.ShouldHaveSingleItem().Join.ShouldBe(LegJoin.SdpOrigin);
        told.Findings.Select(finding => finding.Id).ShouldContain("BK-08");
        _calls.Count.ShouldBe(0);
    }

    [Fact]
    public void A_leg_that_ends_first_waits_for_the_other()
    {
        var script = new Script().Call("x").A("INVITE").Call("x_leg", a: "203.0.113.10").A("INVITE").B(486);
        Feed(_calls, script);
        _calls.Tick(Nanoseconds(script.Now + 10_000));
        _ended.ShouldBeEmpty();
    }

    [Fact]
    public void An_Identity_is_verified_where_roots_and_chains_are_given()
    {
        using var verifier = SignedFiles.Verifier();
        var calls = new LiveCalls(verifier: verifier) { Ended = _ended.Add };
        Feed(calls, new Script().A("INVITE", headers: $"Identity: {SignedFiles.Identity("expired")}\r\n").B(437));
        calls.Finish();
        _ended.ShouldHaveSingleItem().Findings.Select(finding => finding.Id).ShouldContain("BK-15");
    }

    [Fact]
    public void A_challenge_for_credentials_does_not_end_a_call()
    {
        var script = new Script()
            .A("INVITE")
            .B(407)
            .A("ACK", tag: "b")
            .A("INVITE", cseq: 2)
            .B(180, cseq: 2)
            .Wait(10)
            .B(200, cseq: 2);
        Feed(_calls, script);
        _calls.Tick(Nanoseconds(script.Now + 3_000));
        _calls.Count.ShouldBe(1);
        _ended.ShouldBeEmpty();
    }

    [Fact]
    public void A_call_that_falls_silent_is_told_as_it_stands()
    {
        var script = new Script().A("INVITE").B(180);
        Feed(_calls, script);
        _calls.Tick(Nanoseconds(script.Now + (5 * 60_000)));
        _ended.ShouldHaveSingleItem().Trace.Calls[0].State.ShouldBe(CallState.Early);
    }

    [Fact]
    public void What_is_no_call_is_counted_and_not_kept()
    {
        Feed(_calls, new Script().A("OPTIONS").B(200, of: "OPTIONS").A("BYE", tag: "b"));
        _calls.Count.ShouldBe(0);
        _calls.OtherMessages.ShouldBe(3);
    }

    [Fact]
    public void Beyond_the_limit_the_oldest_call_is_told()
    {
        var calls = Calls(new LiveLimits { MaxCalls = 3 });
        var script = new Script();
        for (var i = 0; i < 5; i++)
        {
            script.Call($"call-{i}").A("INVITE");
        }

        Feed(calls, script);
        calls.Count.ShouldBe(3);
        calls.LetGo.ShouldBe(2);
        _ended.Select(ended => ended.Trace.Calls[0].CallId).ShouldBe(["call-0", "call-1"]);
    }

    [Fact]
    public void A_message_that_is_sent_again_is_known_as_such()
    {
        Feed(_calls, new Script().A("INVITE").Again(2).B(180));
        _progress.ShouldBe(["INVITE", "180 Phrase"]);
    }

    private LiveCalls Calls(LiveLimits limits) =>
        new(limits)
        {
            Progressed = (_, message) =>
            {
                if (!message.IsRetransmission)
                {
                    _progress.Add(message.Label);
                }
            },
            Ended = _ended.Add,
        };

    private static void Feed(LiveCalls calls, Script script) =>
        new CaptureReader().Read([CaptureInput.Bytes("script", script.Pcap())], calls);

    private static long Nanoseconds(long milliseconds) => milliseconds * 1_000_000;
}
