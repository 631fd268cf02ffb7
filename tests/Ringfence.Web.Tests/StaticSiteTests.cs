using System.Text;
using Ringfence.Codes;
using Ringfence.Edge.Web;

namespace Ringfence.Web.Tests;

public sealed class StaticSiteTests
{
    private static readonly string[] Written =
    [
        "index.html",
        "codes/index.html",
        "codes/607/index.html",
        "codes/183-vs-607/index.html",
        "codes/which/index.html",
    ];

    [Fact]
    public void It_holds_every_page_once()
    {
        StaticSite site = new();
        site.Files.Select(file => file.Name).ShouldBeUnique();
        site.Count.ShouldBe(site.Files.Count);
        foreach (string language in Site.Languages)
        {
            CodeCatalogue
                .All.Select(facts => $"{language}/codes/{facts.Code}/index.html")
                .Except(site.Files.Select(file => file.Name))
                .ShouldBeEmpty();
            site.Files.Count(file =>
                    file.Name.StartsWith($"{language}/", StringComparison.Ordinal)
                    && file.Name.Contains("-vs-", StringComparison.Ordinal)
                )
                .ShouldBeGreaterThanOrEqualTo(2775);
        }
    }

    [Fact]
    public async Task Every_link_of_its_pages_leads_to_a_file_of_it()
    {
        StaticSite site = new();
        var names = site.Files.Select(file => file.Name).ToHashSet();
        await using CodePages pages = new();
        StaticFile[] looked =
        [
            .. site.Files.Where(file =>
                file.Name.EndsWith(".html", StringComparison.Ordinal)
                && (
                    !file.Name.Contains("-vs-", StringComparison.Ordinal)
                    || file.Name.Contains("607", StringComparison.Ordinal)
                )
            ),
        ];
        looked.Length.ShouldBeGreaterThan(CodeCatalogue.All.Count * Site.Languages.Count);
        foreach (StaticFile file in looked)
        {
            string html = Encoding.UTF8.GetString(await file.ContentAsync(pages));
            string language = file.Name.Contains('/', StringComparison.Ordinal) ? file.Name[..2] : "en";
            PageRules.Faults(html, language).ShouldBeEmpty(file.Name);
            HtmlPage page = HtmlPage.Parse(html);
            page.Of("form").ShouldBeEmpty("nothing answers a form there");
            Uri own = new("file:///" + file.Name);
            foreach (Uri link in page.Links.Select(link => new Uri(own, link)).Where(link => link.IsFile))
            {
                names.ShouldContain(link.AbsolutePath[1..], file.Name);
            }
        }
    }

    [Fact]
    public async Task With_an_address_it_has_canonical_links_and_a_sitemap_of_its_files()
    {
        StaticSite site = new(new Uri("https://codes.example.net/sip/"));
        await using CodePages pages = new();
        HtmlPage page = HtmlPage.Parse(await TextAsync(site, "en/codes/607/index.html", pages));
        page.Link("canonical").ShouldBe("https://codes.example.net/sip/en/codes/607/");
        string map = await TextAsync(site, "sitemap.xml", pages);
        map.ShouldContain("<loc>https://codes.example.net/sip/en/codes/183-vs-607/</loc>");
        var names = site.Files.Select(file => file.Name).ToHashSet();
        foreach (
            string address in map.Split("<loc>")[1..]
                .Select(part => part[..part.IndexOf('<', StringComparison.Ordinal)])
        )
        {
            names.ShouldContain($"{address["https://codes.example.net/sip/".Length..]}index.html");
        }
    }

    [Fact]
    public async Task Files_are_written_and_each_one_is_told_of()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ringfence-site-");
        try
        {
            StaticFile[] files =
            [
                .. new StaticSite().Files.Where(file =>
                    !file.Name.EndsWith(".html", StringComparison.Ordinal)
                    || Written.Contains(file.Name)
                    || Written.Contains(file.Name[3..])
                ),
            ];
            int told = 0;
            await StaticSite.WriteFilesAsync(
                folder.FullName,
                files,
                () => Interlocked.Increment(ref told),
                TestContext.Current.CancellationToken
            );
            told.ShouldBe(files.Length);
            string[] there =
            [
                .. Directory
                    .GetFiles(folder.FullName, "*", SearchOption.AllDirectories)
                    .Select(path => Path.GetRelativePath(folder.FullName, path)),
            ];
            there.ShouldBe(files.Select(file => file.Name), ignoreOrder: true);
            there.ShouldContain("ringfence.css");
            there.ShouldContain("en/codes/183-vs-607/index.html");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task It_ends_when_it_is_told_to()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ringfence-site-");
        try
        {
            using CancellationTokenSource ending = new();
            int told = 0;
            await Should.ThrowAsync<OperationCanceledException>(() =>
                new StaticSite().WriteAsync(
                    folder.FullName,
                    () => (Interlocked.Increment(ref told) == 20 ? ending : null)?.Cancel(),
                    ending.Token
                )
            );
            told.ShouldBeLessThan(100);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> TextAsync(StaticSite site, string name, CodePages pages) =>
        Encoding.UTF8.GetString(await site.Files.Single(file => file.Name == name).ContentAsync(pages));
}
