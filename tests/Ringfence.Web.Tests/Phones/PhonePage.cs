using Microsoft.Playwright;

namespace Ringfence.Web.Tests.Phones;

/// <summary>A page with telephones in it.</summary>
internal static class PhonePage
{
    internal static async Task<Window> OpenAsync(Site site, Browser browser)
    {
        Window window = await browser.OpenAsync(site, new() { BypassCSP = true, IgnoreHTTPSErrors = true });
        await window.Page.GotoAsync("/en/codes");
        await window.Page.AddScriptTagAsync(new PageAddScriptTagOptions { Content = Script("jssip.min.js") });
        await window.Page.AddScriptTagAsync(new PageAddScriptTagOptions { Content = Script("phones.js") });
        return window;
    }

    internal static async Task RegisterAsync(IPage page, PhoneEdge edge, params string[] users)
    {
        foreach (string user in users)
        {
            await StartAsync(page, edge, user, PhoneEdge.PasswordOf(user));
            await SaysAsync(page, user, "registered");
        }
    }

    internal static Task StartAsync(IPage page, PhoneEdge edge, string user, string password) =>
        page.EvaluateAsync(
            "([name, domain, server, password]) => phone(name, domain, server, password)",
            (string[])[user, PhoneEdge.Domain, edge.Server, password]
        );

    internal static Task CallAsync(IPage page, string from, string to) =>
        page.EvaluateAsync(
            "([from, to]) => { phones[from].call(to) }",
            (string[])[from, $"sip:{to}@{PhoneEdge.Domain}"]
        );

    internal static Task<string> SaysAsync(IPage page, string phone, string word) =>
        page.EvaluateAsync<string>("([phone, word]) => said(phone, word)", (string[])[phone, word]);

    internal static string Script(string name)
    {
        using StreamReader reader = new(typeof(PhonePage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
