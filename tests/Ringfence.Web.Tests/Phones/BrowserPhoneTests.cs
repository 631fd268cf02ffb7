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
        await using Window window = await OpenAsync();
        await CallEachOtherAsync(window, edge, "progress 180");
    }

    /// <summary>The gate has dialogs of its own with both: each is only reached by the connection that it has opened.</summary>
    [Fact]
    public async Task Two_browsers_call_each_other_through_the_gate_and_either_may_end_the_call()
    {
        await using var edge = PhoneEdge.Start(9, mode: "gate");
        await using Window window = await OpenAsync();
        await window.Page.AddScriptTagAsync(new PageAddScriptTagOptions { Content = Script("plainMedia.js") });
        await CallEachOtherAsync(window, edge, "progress 183");
        edge.Calls.ShouldBe(0);
    }

    private static async Task CallEachOtherAsync(Window window, PhoneEdge edge, string progress)
    {
        await RegisterAsync(window.Page, edge, "alice", "bob");

        foreach (
            (string caller, string callee, string ends) in ((string, string, string)[])
                [("alice", "bob", "bob"), ("bob", "alice", "bob")]
        )
        {
            await window.Page.EvaluateAsync("name => phones[name].heard.length = 0", caller);
            await window.Page.EvaluateAsync("name => phones[name].heard.length = 0", callee);
            await CallAsync(window.Page, caller, callee);
            await SaysAsync(window.Page, callee, $"called by {caller}");
            await SaysAsync(window.Page, caller, progress);
            await SaysAsync(window.Page, caller, "confirmed");
            await SaysAsync(window.Page, callee, "confirmed");

            await window.Page.EvaluateAsync("name => phones[name].session.terminate()", ends);
            await SaysAsync(window.Page, ends, "ended by local");
            await SaysAsync(window.Page, ends == caller ? callee : caller, "ended by remote");
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
        await using Window window = await OpenAsync();
        await RegisterAsync(window.Page, edge, "alice");

        await CallAsync(window.Page, "alice", "+33180001000");

        (await SaysAsync(window.Page, "alice", "failed")).ShouldBe("failed 607 SIP;cause=607;text=\"Unwanted\"");
    }

    [Fact]
    public async Task Whoever_is_not_registered_is_not_there_and_a_wrong_password_does_not_register()
    {
        await using var edge = PhoneEdge.Start(9);
        await using Window window = await OpenAsync();
        await RegisterAsync(window.Page, edge, "alice");

        await CallAsync(window.Page, "alice", "bob");
        (await SaysAsync(window.Page, "alice", "failed")).ShouldBe("failed 480");
        await window.Page.EvaluateAsync("() => phones.alice.heard.length = 0");
        await CallAsync(window.Page, "alice", "nobody");
        (await SaysAsync(window.Page, "alice", "failed")).ShouldBe("failed 480");

        await StartAsync(window.Page, edge, "bob", "wrong");
        (await SaysAsync(window.Page, "bob", "registration failed")).ShouldBe("registration failed 401");
    }

    private async Task<Window> OpenAsync()
    {
        Window window = await browser.OpenAsync(site, new() { BypassCSP = true, IgnoreHTTPSErrors = true });
        await window.Page.GotoAsync("/en/codes");
        await window.Page.AddScriptTagAsync(new PageAddScriptTagOptions { Content = Script("jssip.min.js") });
        await window.Page.AddScriptTagAsync(new PageAddScriptTagOptions { Content = Script("phones.js") });
        return window;
    }

    private static async Task RegisterAsync(IPage page, PhoneEdge edge, params string[] users)
    {
        foreach (string user in users)
        {
            await StartAsync(page, edge, user, PhoneEdge.PasswordOf(user));
            await SaysAsync(page, user, "registered");
        }
    }

    private static Task StartAsync(IPage page, PhoneEdge edge, string user, string password) =>
        page.EvaluateAsync(
            "([name, domain, server, password]) => phone(name, domain, server, password)",
            (string[])[user, PhoneEdge.Domain, edge.Server, password]
        );

    private static Task CallAsync(IPage page, string from, string to) =>
        page.EvaluateAsync(
            "([from, to]) => { phones[from].call(to) }",
            (string[])[from, $"sip:{to}@{PhoneEdge.Domain}"]
        );

    private static Task<string> SaysAsync(IPage page, string phone, string word) =>
        page.EvaluateAsync<string>("([phone, word]) => said(phone, word)", (string[])[phone, word]);

    private static string Script(string name)
    {
        using StreamReader reader = new(typeof(BrowserPhoneTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
