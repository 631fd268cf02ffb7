using System.Text;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>The whole reference as files that any web server, or none, can show.</summary>
/// <param name="address">Where the site will be seen, for canonical links and the sitemap; null when that is not known.</param>
public sealed class StaticSite(Uri? address = null)
{
    private const string FromPage = "../../..";
    private readonly string _origin = address?.AbsoluteUri.TrimEnd('/') ?? "";
    private readonly List<StaticFile> _files = [];

    /// <summary>Number of files that <see cref="WriteAsync"/> writes.</summary>
    public int Count => Files.Count;

    internal IReadOnlyList<StaticFile> Files
    {
        get
        {
            if (_files.Count == 0)
            {
                _files.AddRange(All());
            }

            return _files;
        }
    }

    /// <summary>Writes it, several pages at a time.</summary>
    /// <param name="folder">Where to; made when it is not there.</param>
    /// <param name="progress">Told of every file that is written.</param>
    /// <param name="cancellation">Ends it between two files.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public Task WriteAsync(string folder, Action progress, CancellationToken cancellation) =>
        WriteFilesAsync(folder, Files, progress, cancellation);

    internal static async Task WriteFilesAsync(
        string folder,
        IEnumerable<StaticFile> files,
        Action progress,
        CancellationToken cancellation
    )
    {
        var pages = new CodePages();
        await using (pages.ConfigureAwait(false))
        {
            await Parallel
                .ForEachAsync(
                    files,
                    cancellation,
                    async (file, stop) =>
                    {
                        string path = Path.Combine(folder, file.Name);
                        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                        await File.WriteAllBytesAsync(path, await file.ContentAsync(pages).ConfigureAwait(false), stop)
                            .ConfigureAwait(false);
                        progress();
                    }
                )
                .ConfigureAwait(false);
        }
    }

    private IEnumerable<StaticFile> All()
    {
        foreach (WebAsset asset in WebAsset.OfPages.Select(WebAsset.Get))
        {
            yield return new StaticFile(asset.Name, _ => Task.FromResult(asset.Content));
        }

        if (_origin.Length > 0)
        {
            yield return new StaticFile("sitemap.xml", _ => Task.FromResult(Sitemap.Of(_origin, isStatic: true)));
        }

        yield return Page("index.html", pages => pages.IndexAsync(PathFor(Language.Available[0], ".")));
        foreach (StaticFile file in Language.Available.SelectMany(Of))
        {
            yield return file;
        }
    }

    private IEnumerable<StaticFile> Of(LanguageName name)
    {
        CodePath path = PathFor(name, FromPage);
        yield return Page($"{name.Code}/codes/index.html", pages => pages.IndexAsync(PathFor(name, "../..")));
        yield return Page($"{name.Code}/codes/which/index.html", pages => pages.WhichAsync(path));
        foreach (CodeFacts facts in CodeCatalogue.All)
        {
            yield return Page($"{name.Code}/codes/{facts.Code}/index.html", pages => pages.CodeAsync(path, facts.Code));
        }

        foreach (CodePair pair in Pairs())
        {
            yield return Page($"{name.Code}/codes/{pair}/index.html", pages => pages.CompareAsync(path, pair));
        }
    }

    private CodePath PathFor(LanguageName name, string root) => new(Language.Load(name.Code), _origin, root);

    private static StaticFile Page(string name, Func<CodePages, Task<string>> render) =>
        new(name, async pages => Encoding.UTF8.GetBytes(await render(pages).ConfigureAwait(false)));

    /// <summary>Every pair of registered codes, and the pairs with others that pages lead to.</summary>
    internal static IEnumerable<CodePair> Pairs()
    {
        int[] registered = [.. CodeCatalogue.Registered.Select(facts => facts.Code)];
        IEnumerable<CodePair> all =
            from one in registered
            from other in registered
            where one < other
            select new CodePair(one, other);
        IEnumerable<CodePair> linked =
            from facts in CodeCatalogue.All
            from other in facts.ConfusedWith.Concat(facts.Related)
            select new CodePair(facts.Code, other);
        return all.Concat(linked).Distinct();
    }
}
