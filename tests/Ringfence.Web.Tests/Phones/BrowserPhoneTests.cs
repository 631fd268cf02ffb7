using System.Net;
using Microsoft.Playwright;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Web.Tests.Phones;

/// <summary>JsSIP in Chromium: registers and calls over secure WebSocket through the edge (RFC 7118), both ways.</summary>
public sealed class BrowserPhoneTests(Site site, Browser browser)
{
    [Fact]
    public async Task Two_browsers_register_and_call_each_other_and_either_may_end_the_call()
    {
        await using var edge = PhoneEdge.Start(9);
        await using Window window = await PhonePage.OpenAsync(site, browser);
        await CallEachOtherAsync(window, edge, "progress 180");
    }

    /// <summary>The gate has dialogs of its own with both: each is only reached by the connection that it has opened.</summary>
    [Fact]
    public async Task Two_browsers_call_each_other_through_the_gate_and_either_may_end_the_call()
    {
        await using var edge = PhoneEdge.Start(9, mode: "gate");
        await using Window window = await PhonePage.OpenAsync(site, browser);
        await window.Page.AddScriptTagAsync(
            new PageAddScriptTagOptions { Content = PhonePage.Script("plainMedia.js") }
        );
        await CallEachOtherAsync(window, edge, "progress 183");
        edge.Calls.ShouldBe(0);
    }

    private static async Task CallEachOtherAsync(Window window, PhoneEdge edge, string progress)
    {
        await PhonePage.RegisterAsync(window.Page, edge, "alice", "bob");

        foreach (
            (string caller, string callee, string ends) in ((string, string, string)[])
                [("alice", "bob", "bob"), ("bob", "alice", "bob")]
        )
        {
            await window.Page.EvaluateAsync("name => phones[name].heard.length = 0", caller);
            await window.Page.EvaluateAsync("name => phones[name].heard.length = 0", callee);
            await PhonePage.CallAsync(window.Page, caller, callee);
            await PhonePage.SaysAsync(window.Page, callee, $"called by {caller}");
            await PhonePage.SaysAsync(window.Page, caller, progress);
            await PhonePage.SaysAsync(window.Page, caller, "confirmed");
            await PhonePage.SaysAsync(window.Page, callee, "confirmed");

            await window.Page.EvaluateAsync("name => phones[name].session.terminate()", ends);
            await PhonePage.SaysAsync(window.Page, ends, "ended by local");
            await PhonePage.SaysAsync(window.Page, ends == caller ? callee : caller, "ended by remote");
        }
    }

    [Fact]
    public async Task A_browser_hears_the_607_of_a_callee_behind_the_edge_with_its_Reason()
    {
        await using SipNode callee = SipNode.Open(
            new SipNodeOptions
            {
                Transport = new SipTransportOptions
                {
                    Listen = [new ListenAddress(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 0))],
                    Lanes = 1,
                },
            },
            (IncomingCall call) =>
            {
                call.Progress(180, default, Body.None);
                call.Refuse(607, default, new HeaderField(HeaderId.Reason, "SIP;cause=607;text=\"Unwanted\""));
            }
        );
        await using var edge = PhoneEdge.Start(callee.Listening[0].EndPoint.Port);
        await using Window window = await PhonePage.OpenAsync(site, browser);
        await PhonePage.RegisterAsync(window.Page, edge, "alice");

        await PhonePage.CallAsync(window.Page, "alice", "+33180001000");

        (await PhonePage.SaysAsync(window.Page, "alice", "failed")).ShouldBe(
            "failed 607 SIP;cause=607;text=\"Unwanted\""
        );
    }

    [Fact]
    public async Task Whoever_is_not_registered_is_not_there_and_a_wrong_password_does_not_register()
    {
        await using var edge = PhoneEdge.Start(9);
        await using Window window = await PhonePage.OpenAsync(site, browser);
        await PhonePage.RegisterAsync(window.Page, edge, "alice");

        await PhonePage.CallAsync(window.Page, "alice", "bob");
        (await PhonePage.SaysAsync(window.Page, "alice", "failed")).ShouldBe("failed 480");
        await window.Page.EvaluateAsync("() => phones.alice.heard.length = 0");
        await PhonePage.CallAsync(window.Page, "alice", "nobody");
        (await PhonePage.SaysAsync(window.Page, "alice", "failed")).ShouldBe("failed 480");

        await PhonePage.StartAsync(window.Page, edge, "bob", "wrong");
        (await PhonePage.SaysAsync(window.Page, "bob", "registration failed")).ShouldBe("registration failed 401");
    }
}
