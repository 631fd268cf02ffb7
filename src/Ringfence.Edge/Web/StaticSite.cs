using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>The whole reference as files that any web server, or none, can show.</summary>
public static class StaticSite
{
    /// <summary>Number of pages that <see cref="WriteAsync"/> writes.</summary>
    public static int Pages => Language.Available.Count * (2 + CodeCatalogue.All.Count + Pairs().Count());

    /// <summary>Writes it.</summary>
    /// <param name="folder">Where to; made when it is not there.</param>
    /// <param name="progress">Told of the number of pages written.</param>
    /// <param name="cancellation">Ends it between two pages.</param>
    public static async Task WriteAsync(string folder, IProgress<int> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(progress);
        Directory.CreateDirectory(folder);
        foreach (string asset in (string[])["ringfence.css", "ringfence.js"])
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, asset), WebAsset.Bytes(asset), cancellation).ConfigureAwait(false);
        }

        var pages = new CodePages();
        await using (pages.ConfigureAwait(false))
        {
            int written = 0;
            foreach ((string file, Func<Task<string>> render) in Language.Available.SelectMany(name => Of(pages, Language.Load(name.Code))))
            {
                cancellation.ThrowIfCancellationRequested();
                string path = Path.Combine(folder, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, await render().ConfigureAwait(false), cancellation).ConfigureAwait(false);
                progress.Report(++written);
            }
        }
    }

    private static IEnumerable<(string File, Func<Task<string>> Render)> Of(CodePages pages, Language language)
    {
        CodePath index = new(language, "../..");
        CodePath below = new(language, "../../..");
        yield return ($"{language.Code}/codes/index.html", () => pages.IndexAsync(index));
        yield return ($"{language.Code}/codes/which/index.html", () => pages.WhichAsync(below));
        foreach (CodeFacts facts in CodeCatalogue.All)
        {
            yield return ($"{language.Code}/codes/{facts.Code}/index.html", () => pages.CodeAsync(below, facts.Code));
        }

        foreach (CodePair pair in Pairs())
        {
            yield return ($"{language.Code}/codes/{pair}/index.html", () => pages.CompareAsync(below, pair));
        }
    }

    /// <summary>Every pair of registered codes.</summary>
    private static IEnumerable<CodePair> Pairs()
    {
        int[] codes = [.. CodeCatalogue.Registered.Select(facts => facts.Code)];
        return
            from one in codes
            from other in codes
            where one < other
            select new CodePair(one, other);
    }
}
