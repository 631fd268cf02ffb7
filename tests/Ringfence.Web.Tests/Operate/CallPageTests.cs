using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Playwright;

namespace Ringfence.Web.Tests.Operate;

/// <summary>Calls through a running edge, on the operator's pages: found, explained, called unwanted and wanted, handed on.</summary>
public sealed class CallPageTests(Browser browser)
{
    private const string Caller = "+33611111111";

    [Fact]
    public async Task A_button_makes_the_next_call_607_and_another_lets_it_through_again()
    {
        await using PagedEdge edge = PagedEdge.Start();
        string first = await edge.CallAsync(Caller);
        (await edge.StatusAsync(first)).ShouldBe(200);
        await using Window window = await browser.OpenAsync(edge.Address, new() { JavaScriptEnabled = false });
        IPage page = window.Page;
        ILocator standing = page.GetByRole(AriaRole.Status);

        await page.GotoAsync("/en/calls");
        await page.Locator("tbody a").First.ClickAsync();
        (await standing.TextContentAsync())!.ShouldContain($"{Caller} is on no list of {PagedEdge.Callee}.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unwanted" }).ClickAsync();

        string said = (await standing.TextContentAsync())!;
        said.ShouldContain($"{Caller} is on the block list of {PagedEdge.Callee}.");
        said.ShouldContain($"until {DateTimeOffset.UtcNow.AddDays(365).Year}");
        said.ShouldContain("said by a button");
        string second = await edge.CallAsync(Caller);
        (await edge.StatusAsync(second)).ShouldBe(607);

        await page.GotoAsync($"/de/calls/{second}");
        (await page.Locator("h1").TextContentAsync())!.ShouldStartWith("Abgelehnt mit 607");
        (await page.Locator(".lead").TextContentAsync())!.ShouldStartWith("vom Angerufenen gesperrt");
        (await page.Locator(".reasons code").AllTextContentsAsync()).ShouldContain("caller-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "War erwünscht" }).ClickAsync();

        (await standing.TextContentAsync())!.ShouldContain("Freigabeliste");
        (await edge.StatusAsync(await edge.CallAsync(Caller))).ShouldBe(200);

        await page.GetByRole(AriaRole.Button, new() { Name = "Von der Liste nehmen" }).ClickAsync();
        (await standing.TextContentAsync())!.ShouldContain("auf keiner Liste");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_is_found_by_what_is_known_of_it()
    {
        await using PagedEdge edge = PagedEdge.Start();
        string progressed = await edge.CallAsync(Caller);
        using (HttpResponseMessage said = await edge.Client.PostAsync($"/api/v1/calls/{progressed}/unwanted", null, Ct))
        {
            said.StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        string refused = await edge.CallAsync(Caller);
        string other = await edge.CallAsync("+33622222222");
        (string Query, string[] Found)[] searches =
        [
            ("", [other, refused, progressed]),
            ("?q=3362", [other]),
            ("?q=1111", [refused, progressed]),
            ("?q=paged-3", [other]),
            ($"?q={refused}", [refused]),
            ("?verdict=Refuse", [refused]),
            ("?code=607", [refused]),
            ("?code=6xx", [refused]),
            ("?code=2xx&q=1111", [progressed]),
            ("?trunk=carrier-a", [other, refused, progressed]),
            ("?trunk=elsewhere", []),
            ("?q=%27%20OR%201=1", []),
        ];
        foreach ((string query, string[] found) in searches)
        {
            HtmlPage page = HtmlPage.Parse(await edge.TextAsync("/en/calls" + query));
            page.Links.Where(link => link.StartsWith("/en/calls/", StringComparison.Ordinal) && !link.Contains('#'))
                .Select(link => link["/en/calls/".Length..])
                .ShouldBe(found, query);
        }
    }

    [Fact]
    public async Task The_messages_of_a_call_make_its_ladder_and_a_case_file_that_names_nobody()
    {
        await using PagedEdge edge = PagedEdge.Start();
        string id = await edge.CallAsync(Caller);
        (await edge.TextAsync($"/en/calls/{id}")).ShouldContain("<svg class=\"rf\"");
        while (!(await edge.TextAsync($"/en/calls/{id}")).Contains("case.zip", StringComparison.Ordinal))
        {
            await Task.Delay(50, Ct);
        }

        string page = await edge.TextAsync($"/en/calls/{id}");
        page.ShouldContain("class=\"raw\"");
        page.ShouldContain("INVITE sip:");
        byte[] file = await edge.Client.GetByteArrayAsync(new Uri($"/en/calls/{id}/case.zip", UriKind.Relative), Ct);
        using var archive = new ZipArchive(new MemoryStream(file));
        archive
            .Entries.Select(entry => entry.Name)
            .ShouldBe(["messages.pcap", "report.txt", "report.html", "report.json", "ladder.svg"]);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using var content = new MemoryStream();
            await using Stream stream = await entry.OpenAsync(Ct);
            await stream.CopyToAsync(content, Ct);
            string text = Encoding.Latin1.GetString(content.ToArray());
            text.ShouldContain("INVITE", customMessage: entry.Name);
            text.ShouldNotContain(Caller[1..], customMessage: entry.Name);
            text.ShouldNotContain("paged", customMessage: entry.Name);
        }
    }

    [Fact]
    public async Task A_call_is_put_before_the_policy_in_force()
    {
        await using PagedEdge edge = PagedEdge.Start();
        string id = await edge.CallAsync(Caller);
        HtmlPage page = HtmlPage.Parse(await edge.TextAsync($"/en/calls/{id}?replay"));
        page.Text.ShouldContain("Under the policy in force now");
        page.Text.ShouldContain("as then");
        page.Text.ShouldContain("blocklist");
    }

    [Fact]
    public async Task The_list_of_calls_keeps_itself_up_to_date_and_can_be_told_to_stop()
    {
        await using PagedEdge edge = PagedEdge.Start();
        await using Window window = await browser.OpenAsync(edge.Address);
        await window.Page.GotoAsync("/en/calls");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).WaitForAsync();
        (await window.Page.ContentAsync()).ShouldContain("No call has been recorded yet");

        string id = await edge.CallAsync(Caller);
        await window.Page.Locator($"a[href='/en/calls/{id}']").WaitForAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).WaitForAsync();
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_is_not_there_is_404()
    {
        await using PagedEdge edge = PagedEdge.Start();
        await edge.TextAsync("/en/calls/nothing", HttpStatusCode.NotFound);
        await edge.TextAsync("/en/calls/nothing/case.zip", HttpStatusCode.NotFound);
        await edge.TextAsync("/calls/nothing/early.wav", HttpStatusCode.NotFound);
        await edge.TextAsync("/api/v1/calls/nothing", HttpStatusCode.NotFound);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
