using Ringfence.Codes;
using Ringfence.Edge.Web.Pages;

namespace Ringfence.Edge.Web;

/// <summary>The pages of the reference as texts: what the server sends and what a static site holds.</summary>
internal sealed class CodePages : IAsyncDisposable
{
    private readonly PageRenderer _renderer = new();

    /// <summary>Renders other pages, too.</summary>
    internal PageRenderer Renderer => _renderer;

    internal Task<string> IndexAsync(CodePath path) =>
        _renderer.RenderAsync<IndexPage>((nameof(IndexPage.Path), path), (nameof(IndexPage.All), All(path.Language)));

    internal Task<string> FoundAsync(CodePath path, string query, IReadOnlyList<CodeLink> found) =>
        _renderer.RenderAsync<FoundPage>(
            (nameof(FoundPage.Path), path),
            (nameof(FoundPage.Query), query),
            (nameof(FoundPage.Found), found)
        );

    internal Task<string> MissingAsync(CodePath path, string what) =>
        _renderer.RenderAsync<MissingPage>((nameof(MissingPage.Path), path), (nameof(MissingPage.What), what));

    internal Task<string> CodeAsync(CodePath path, int code) =>
        _renderer.RenderAsync<CodePage>(
            (nameof(CodePage.Path), path),
            (nameof(CodePage.Article), CodeArticle.Of(code, path.Language))
        );

    internal Task<string> CompareAsync(CodePath path, CodePair pair) =>
        _renderer.RenderAsync<ComparePage>(
            (nameof(ComparePage.Path), path),
            (nameof(ComparePage.Of), Comparison.Of(pair.Lower, pair.Higher, path.Language))
        );

    internal Task<string> WhichAsync(CodePath path) =>
        _renderer.RenderAsync<WhichPage>(
            (nameof(WhichPage.Path), path),
            (nameof(WhichPage.Rows), DecisionTable.In(path.Language))
        );

    internal static IReadOnlyList<CodeLink> All(Language language) =>
        [.. CodeCatalogue.All.Select(facts => CodeLink.To(facts.Code, language))];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _renderer.DisposeAsync();
}
