using System.Net;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>A whole element over loopback.</summary>
public sealed class SipNodeTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_dialed_call_is_progressed_answered_and_ended()
    {
        await using SipNode callee = SipNode.Open(
            SipNodeOptions.At("udp:127.0.0.1:0"),
            call =>
            {
                call.Progress(183, default, CallSide.Offer);
                call.After(TimeSpan.FromMilliseconds(50), () => call.Answer(CallSide.Offer));
            }
        );
        await using SipNode caller = SipNode.Open(SipNodeOptions.At("udp:127.0.0.1:0"));
        DialedCall dialed = Dial(caller, callee);
        List<int> progress = [];
        await foreach (SipResponse response in dialed.Progress)
        {
            progress.Add(response.StatusCode);
        }

        progress.ShouldBe([183]);
        (await dialed.Final.WaitAsync(Soon, TestContext.Current.CancellationToken)).IsAnswered.ShouldBeTrue();
        dialed.End().ShouldBeTrue();
        (await dialed.Ended.WaitAsync(Soon, TestContext.Current.CancellationToken)).ShouldBe(CallEnd.ByeSent);
    }

    [Fact]
    public async Task A_refused_call_tells_status_and_response()
    {
        await using SipNode callee = SipNode.Open(
            SipNodeOptions.At("udp:127.0.0.1:0"),
            call => call.Refuse(607, default)
        );
        await using SipNode caller = SipNode.Open(SipNodeOptions.At("udp:127.0.0.1:0"));
        DialedCall dialed = Dial(caller, callee);

        FinalResponse final = await dialed.Final.WaitAsync(Soon, TestContext.Current.CancellationToken);
        final.StatusCode.ShouldBe(607);
        final.Response.ShouldNotBeNull();
        (await dialed.Ended.WaitAsync(Soon, TestContext.Current.CancellationToken)).ShouldBe(CallEnd.Refused);
    }

    [Fact]
    public async Task A_call_that_is_taken_back_has_487_for_its_end()
    {
        await using SipNode callee = SipNode.Open(
            SipNodeOptions.At("udp:127.0.0.1:0"),
            call => call.Progress(180, default, Body.None)
        );
        await using SipNode caller = SipNode.Open(SipNodeOptions.At("udp:127.0.0.1:0"));
        DialedCall dialed = Dial(caller, callee);
        dialed.End();

        (await dialed.Final.WaitAsync(Soon, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(487);
        (await dialed.Ended.WaitAsync(Soon, TestContext.Current.CancellationToken)).ShouldBe(CallEnd.GivenUp);
    }

    [Fact]
    public async Task A_node_for_outgoing_calls_alone_refuses_with_480()
    {
        await using SipNode one = SipNode.Open(SipNodeOptions.At("udp:127.0.0.1:0"));
        await using SipNode other = SipNode.Open(SipNodeOptions.At("udp:127.0.0.1:0"));

        (await Dial(one, other).Final.WaitAsync(Soon, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(480);
    }

    [Theory]
    [InlineData("sip:bob@example.com")]
    [InlineData("bob")]
    [InlineData("")]
    public async Task A_target_that_names_no_address_is_the_programmers_fault(string uri)
    {
        await using SipNode node = SipNode.Open(SipNodeOptions.At("udp:127.0.0.1:0"));

        Should.Throw<ArgumentException>(() => node.Dial("sip:alice@127.0.0.1", uri, Body.None));
        Should.Throw<ArgumentException>(() => ProxyTarget.At(uri));
        Should.Throw<ArgumentException>(() => SipNodeOptions.At(uri));
    }

    [Fact]
    public void A_proxy_target_without_user_keeps_the_received_Request_URI()
    {
        ProxyTarget.At("sip:192.0.2.7:5070").RequestUri.IsEmpty.ShouldBeTrue();
        ProxyTarget.At("sip:bob@192.0.2.7:5070").RequestUri.IsEmpty.ShouldBeFalse();
        ProxyTarget
            .At("sip:192.0.2.7:5070;transport=tcp")
            .Destination.ShouldBe(Peer.From(TransportKind.Tcp, IPEndPoint.Parse("192.0.2.7:5070")));
    }

    [Fact]
    public void Text_as_SDP_ends_its_lines_as_RFC_8866_wants() =>
        TypedWorld.Text(Body.Sdp("v=0\ns=-").Content).ShouldBe("v=0\r\ns=-\r\n");

    private static DialedCall Dial(SipNode from, SipNode to) =>
        from.Dial("sip:alice@127.0.0.1", $"sip:bob@127.0.0.1:{to.Listening[0].EndPoint.Port}", CallSide.Offer);
}
