using Ringfence.Interop.Tests.Peers;
using Ringfence.Sip.Calls;

namespace Ringfence.Interop.Tests;

/// <summary>Reliable provisional responses (RFC 3262), UPDATE (RFC 3311) and extensions, with SIPp at the other end.</summary>
public sealed class ReliableProgressTests
{
    private const string RequireReliable = "Require: 100rel";
    private const string SupportReliable = "Supported: 100rel";
    private static readonly double[] Schedule = [0.5, 1.5, 3.5, 7.5, 15.5, 31.5];

    /// <summary>A timer never fires early; how late a busy machine is says nothing of the stack, whose exact times its own tests prove.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_183_without_PRACK_is_sent_again_in_doubling_intervals()
    {
        Sipp.Need();
        SippScript caller = new SippScript()
            .Invite(SupportReliable)
            .Expect(100, optional: true)
            .Expect(183)
            .Pause(6_000)
            .Cancel()
            .Expect(200)
            .Expect(487)
            .AckRefusal();
        SippMessage[] messages = await CallAsync(caller, answerAfter: 100, seconds: 30);

        ShouldFollow(messages, Schedule[..3]);
    }

    [Fact]
    public async Task A_call_without_PRACK_is_refused_after_32_seconds()
    {
        Sipp.Need();
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("RINGFENCE_LONG") == "1",
            "skipped: takes 32 s; RINGFENCE_LONG=1 runs it"
        );
        SippScript caller = new SippScript()
            .Invite(SupportReliable)
            .Expect(100, optional: true)
            .Expect(183)
            .Expect(504)
            .AckRefusal();
        SippMessage[] messages = await CallAsync(caller, answerAfter: 100, seconds: 45);

        ShouldFollow(messages, Schedule);
        SippMessage refusal = messages.Single(message => message is { IsSent: false, Step: "504" });
        ShouldBeDue(refusal.At - First(messages).At, 32);
    }

    [Theory]
    [InlineData(RequireReliable)]
    [InlineData(SupportReliable)]
    public async Task A_caller_that_PRACKs_is_answered_and_may_UPDATE_before_and_after(string header)
    {
        Sipp.Need();
        SippScript caller = new SippScript()
            .Invite(header)
            .Expect(100, optional: true)
            .ExpectReliable(183)
            .Prack(2)
            .Expect(200, matching: ["CSeq: 2 PRACK"])
            .InDialog("UPDATE", 3, withSdp: true)
            .Expect(200, matching: ["CSeq: 3 UPDATE", "application/sdp"])
            .Expect(200, routes: true, matching: ["CSeq: 1 INVITE"])
            .InDialog("ACK", 1)
            .InDialog("UPDATE", 4, withSdp: true)
            .Expect(200, matching: ["CSeq: 4 UPDATE", "application/sdp"])
            .InDialog("BYE", 5)
            .Expect(200, matching: ["CSeq: 5 BYE"]);
        SippMessage[] messages = await CallAsync(caller, answerAfter: 500, seconds: 20);

        messages
            .Count(message => message is { IsSent: false, Step: "183" })
            .ShouldBe(1, "a PRACK ends the retransmissions");
    }

    [Fact]
    public async Task An_answer_waits_for_the_PRACK()
    {
        Sipp.Need();
        SippScript caller = new SippScript()
            .Invite(RequireReliable)
            .Expect(100, optional: true)
            .ExpectReliable(183)
            .Pause(1_000)
            .Prack(2)
            .Expect(200, matching: ["CSeq: 2 PRACK"])
            .Expect(200, routes: true, matching: ["CSeq: 1 INVITE"])
            .InDialog("ACK", 1)
            .InDialog("BYE", 3)
            .Expect(200);
        SippMessage[] messages = await CallAsync(caller, answerAfter: 100, seconds: 20);

        SippMessage prack = messages.First(message => message is { IsSent: true, Step: "PRACK" });
        SippMessage answer = messages.First(message => message is { IsSent: false, Step: "200", Method: "INVITE" });
        answer.At.ShouldBeGreaterThan(prack.At);
    }

    [Fact]
    public async Task An_extension_that_nobody_knows_gets_420()
    {
        Sipp.Need();
        await CallAsync(
            new SippScript()
                .Invite("Require: teleport")
                .Expect(100, optional: true)
                .Expect(420, matching: ["Unsupported: teleport"])
                .AckRefusal(),
            answerAfter: 100,
            seconds: 20
        );
    }

    [Fact]
    public async Task A_caller_without_100rel_gets_421_where_it_is_required()
    {
        Sipp.Need();
        await CallAsync(
            new SippScript()
                .Invite()
                .Expect(100, optional: true)
                .Expect(421, matching: ["Require: 100rel"])
                .AckRefusal(),
            answerAfter: 100,
            seconds: 20,
            new CallOptions { Reliability = Reliability.Required }
        );
    }

    /// <summary>Our caller, SIPp as the callee: its reliable 183 gets a PRACK.</summary>
    [Fact]
    public async Task A_reliable_183_of_SIPp_gets_its_PRACK()
    {
        Sipp.Need();
        using TestFolder folder = new();
        int port = FreePort.Next();
        SippScript script = new SippScript()
            .ExpectRequest("INVITE", "Supported: .*100rel")
            .Reply("183 Session Progress", true, true, "Require: 100rel", "RSeq: 9021")
            .ExpectRequest("PRACK", "RAck: 9021 1 INVITE")
            .Reply("200 OK", tag: false);
        using SippRun callee = await Sipp.CalleeAsync(folder, script, port);
        await using SipNode node = SipNode.Open(SipNodeOptions.At("udp:127.0.0.1:0"));
        DialedCall call = node.Dial(
            "sip:alice@127.0.0.1",
            $"sip:bob@127.0.0.1:{port}",
            Body.Sdp("v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 30000 RTP/AVP 0")
        );

        await callee.SucceedsAsync();
        call.End();
    }

    private static async Task<SippMessage[]> CallAsync(
        SippScript script,
        int answerAfter,
        int seconds,
        CallOptions? options = null
    )
    {
        using TestFolder folder = new();
        int port = FreePort.Next();
        await using SipNode callee = PlainCallee.Open(port, answerAfter, options);
        using SippRun caller = Sipp.Caller(folder, script, port);
        await caller.SucceedsAsync(seconds: seconds);
        return caller.Messages;
    }

    private static SippMessage First(SippMessage[] messages) =>
        messages.First(message => message is { IsSent: true, Step: "INVITE" });

    private static void ShouldFollow(SippMessage[] messages, double[] schedule)
    {
        TimeSpan first = First(messages).At;
        TimeSpan[] again =
        [
            .. messages
                .Where(message => message is { IsSent: false, Step: "183" })
                .Skip(1)
                .Select(message => message.At - first),
        ];
        again.Length.ShouldBe(schedule.Length, string.Join(", ", again));
        for (int i = 0; i < schedule.Length; i++)
        {
            ShouldBeDue(again[i], schedule[i]);
        }
    }

    private static void ShouldBeDue(TimeSpan at, double seconds)
    {
        var due = TimeSpan.FromSeconds(seconds);
        at.ShouldBeInRange(due - Early, due + Late);
    }
}
