using Ringfence.Sip.Calls;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>What a user agent server answers without asking anybody (RFC 3261 §8.2, §9.2, §11, §12.2.2).</summary>
public class UasTests
{
    private readonly TypedWorld _world = new(new CallOptions { Supported = "timer", Product = "Ringfence" });

    [Theory]
    [InlineData("BYE", 481)]
    [InlineData("CANCEL", 481)]
    [InlineData("PRACK", 481)]
    [InlineData("UPDATE", 481)]
    [InlineData("REGISTER", 405)]
    [InlineData("MESSAGE", 405)]
    [InlineData("SUBSCRIBE", 405)]
    [InlineData("DANCE", 501)]
    public void Outside_a_dialog_a_method_gets_its_status(string method, int statusCode)
    {
        _world.Receive(SipText.Request(method));
        _world.Statuses.ShouldBe([statusCode]);
        bool saysWhat = SipText.Header(_world.Wire.Last, "Allow").StartsWith("INVITE", StringComparison.Ordinal);
        saysWhat.ShouldBe(statusCode is 405 or 501);
        _world.ShouldBeEmptyAfter(0);
    }

    [Theory]
    [InlineData("BYE")]
    [InlineData("INVITE")]
    [InlineData("INFO")]
    [InlineData("OPTIONS")]
    [InlineData("DANCE")]
    public void With_tags_of_no_dialog_any_request_is_481(string method)
    {
        _world.Receive(SipText.Request(method, toTag: "gone"));
        _world.Statuses.ShouldBe([481]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gone")]
    public void An_ACK_is_never_answered(string toTag)
    {
        _world.Receive(SipText.Request("ACK", toTag: toTag));
        _world.Wire.Sent.ShouldBeEmpty();
    }

    [Fact]
    public void OPTIONS_says_what_we_can()
    {
        _world.Receive(SipText.Request("OPTIONS"));
        _world.Statuses.ShouldBe([200]);
        SipText.Header(_world.Wire.Last, "Allow").ShouldBe(CallOptions.Default.Allow);
        SipText.Header(_world.Wire.Last, "Accept").ShouldBe(CallOptions.Default.Accept);
        SipText.Header(_world.Wire.Last, "Supported").ShouldBe("timer, 100rel");
        SipText.Header(_world.Wire.Last, "Server").ShouldBe("Ringfence");
        SipText.Header(_world.Wire.Last, "Contact").ShouldBe("<sip:192.0.2.2:5060>");
    }

    [Theory]
    [InlineData("http://192.0.2.2/")]
    [InlineData("nobodyKnowsThisScheme:totallyopaquecontent")]
    public void A_strange_scheme_is_416(string uri)
    {
        _world.Receive(SipText.Request("INVITE", uri: uri));
        _world.Statuses.ShouldBe([416]);
        _world.Heard.ShouldBeEmpty();
    }

    [Fact]
    public void An_INVITE_without_hops_left_is_483_and_OPTIONS_is_not()
    {
        _world.Receive(
            SipText.Request("INVITE").Replace("Max-Forwards: 70", "Max-Forwards: 0", StringComparison.Ordinal)
        );
        _world.Receive(
            SipText.Request("OPTIONS").Replace("Max-Forwards: 70", "Max-Forwards: 0", StringComparison.Ordinal)
        );
        _world.Statuses.ShouldBe([483, 200]);
    }

    [Fact]
    public void What_is_required_and_not_understood_is_420_and_listed()
    {
        _world.Owner.OnNew = call => call.Progress(180, default, Body.None).ShouldBeFalse();
        _world.Receive(SipText.Request("INVITE", extra: "Require: timer, bar, 100rel\r\nRequire: foo\r\n"));

        _world.Statuses.ShouldBe([420]);
        SipText
            .Lines(_world.Wire.Last)
            .Where(line => line.StartsWith("Unsupported", StringComparison.Ordinal))
            .ShouldBe(["Unsupported: bar", "Unsupported: foo"]);
        _world.Heard.ShouldBe(["invite", "ended Refused"]);
    }

    [Theory]
    [InlineData("Content-Type: application/unknown\r\n")]
    [InlineData("Content-Type: application/sdp\r\nContent-Encoding: gzip\r\n")]
    public void A_body_that_is_not_understood_is_415(string headers)
    {
        _world.Owner.OnNew = call => call.Answer(CallSide.Offer).ShouldBeFalse();
        string request = SipText
            .Request("INVITE", body: "v=0")
            .Replace("Content-Type: application/sdp\r\n", headers, StringComparison.Ordinal);
        _world.Receive(request);

        _world.Statuses.ShouldBe([415]);
        SipText.Header(_world.Wire.Last, "Accept").ShouldBe(CallOptions.Default.Accept);
    }

    [Fact]
    public void A_body_that_is_optional_may_be_anything()
    {
        _world.Owner.OnNew = call => call.Answer(CallSide.Offer).ShouldBeTrue();
        string request = SipText
            .Request("INVITE", body: "x")
            .Replace(
                "Content-Type: application/sdp\r\n",
                "Content-Type: text/x\r\nContent-Disposition: render;handling=optional\r\n",
                StringComparison.Ordinal
            );
        _world.Receive(request);
        _world.Statuses.ShouldBe([200]);
    }

    [Fact]
    public void A_refusal_looks_at_none_of_that()
    {
        _world.Owner.OnNew = call => call.Refuse(607, default).ShouldBeTrue();
        _world.Receive(SipText.Request("INVITE", extra: "Require: foo\r\n"));
        _world.Statuses.ShouldBe([607]);
    }

    [Fact]
    public void A_request_that_came_by_two_ways_is_answered_once_and_482_the_other_time()
    {
        _world.Owner.OnNew = call => call.Progress(180, default, Body.None);
        _world.Receive(SipText.Request("INVITE"));
        _world.Receive(SipText.Request("INVITE", "z9hG4bKother"));
        _world.Statuses.ShouldBe([180, 482]);
    }

    [Fact]
    public void Above_the_limit_of_calls_an_INVITE_is_503()
    {
        var world = new TypedWorld(new CallOptions { MaxCalls = 2 });
        for (int i = 0; i < 4; i++)
        {
            world.Receive(SipText.Request("INVITE", $"z9hG4bK{i}", $"call-{i}"));
        }

        world.Statuses.ShouldBe([503, 503]);
        world.Owner.Incoming.Count.ShouldBe(2);
        world.Owner.Incoming[0].Refuse(486, default);
        world.Receive(SipText.Request("INVITE", "z9hG4bKx", "call-x"));
        world.Owner.Incoming.Count.ShouldBe(3);
    }

    [Fact]
    public void A_call_that_nobody_decides_has_its_100_and_can_be_cancelled()
    {
        _world.Receive(SipText.Request("INVITE"));
        _world.Run(59_000);
        _world.Statuses.ShouldBe([100]);
        _world.Receive(SipText.Request("CANCEL"));
        _world.Statuses.ShouldBe([100, 200, 487]);
        _world.Heard.ShouldBe(["invite", "ended Cancelled"]);
        _world.ShouldBeEmptyAfter(32_000);
    }

    [Fact]
    public void A_call_that_nobody_decides_ends_by_itself_after_a_minute()
    {
        _world.Receive(SipText.Request("INVITE"));
        _world.Run(60_000);
        _world.Statuses.ShouldBe([100, 480]);
        _world.Heard.ShouldBe(["invite", "ended Undecided"]);
        _world.ShouldBeEmptyAfter(32_000);
    }

    [Fact]
    public void A_call_that_was_progressed_has_been_decided()
    {
        _world.Owner.OnNew = call => call.Progress(180, default, Ringfence.Sip.Calls.Body.None);
        _world.Receive(SipText.Request("INVITE"));
        _world.Run(170_000);
        _world.Statuses.ShouldBe([180, 180, 180]);
    }
}
