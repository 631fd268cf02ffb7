using System.Net;
using Microsoft.Playwright;
using Ringfence.Diagnosis.Findings;

namespace Ringfence.Web.Tests.Operate;

/// <summary>What the rules find on the edge's own calls, in the list of calls.</summary>
public sealed class CallFindingsTests(Browser browser)
{
    private const string Caller = "+33611111111";

    [Fact]
    public async Task The_gravest_finding_of_a_call_stands_in_its_row_and_leads_to_it()
    {
        await using PagedEdge edge = PagedEdge.Start();
        string id = await RefusedAsync(edge);
        await FoundAsync(edge, $"/calls/{id}#c0-BK-02");
        await using Window window = await browser.OpenAsync(edge.Address);
        await window.Page.GotoAsync("/en/calls");
        ILocator mark = window.Page.Locator($".rows .mark[href$='/calls/{id}#c0-BK-02']");
        (await mark.InnerTextAsync()).ShouldBe("BK-02");
        (await mark.GetAttributeAsync("title"))!.ShouldBe(FindingTexts.In("en")["BK-02"].Title);

        await mark.ClickAsync();
        (await window.Page.Locator("#c0-BK-02").IsVisibleAsync()).ShouldBeTrue();
        (await window.Page.Locator(".drawn:visible .rf .chip[data-finding='BK-02']").CountAsync()).ShouldBeGreaterThan(
            0
        );
        window.Complaints.ShouldBeEmpty();
    }

    /// <summary>Waits until the rules have looked at a call: they do so when it is over.</summary>
    private static async Task FoundAsync(PagedEdge edge, string link)
    {
        while (true)
        {
            Task next = edge.Host.Board.Found;
            if ((await edge.TextAsync("/en/calls")).Contains(link, StringComparison.Ordinal))
            {
                return;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A call that the called party's list refused at once.</summary>
    private static async Task<string> RefusedAsync(PagedEdge edge)
    {
        string first = await edge.CallAsync(Caller);
        using HttpResponseMessage said = await edge.Client.PostAsync(
            $"/api/v1/calls/{first}/unwanted",
            null,
            TestContext.Current.CancellationToken
        );
        said.StatusCode.ShouldBe(HttpStatusCode.Created);
        string refused = await edge.CallAsync(Caller);
        (await edge.StatusAsync(refused)).ShouldBe(607);
        return refused;
    }
}
