using System.Globalization;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>
/// Addresses of the reference in one language: <c>/en/codes/607</c> on the server; in a static site, files under relative
/// addresses.
/// </summary>
/// <param name="Language">The language of the page.</param>
/// <param name="Origin">Scheme, host and port, for the links that must be absolute; empty where none is known.</param>
/// <param name="Root">The way from the page up to the root of a static site, as in <c>../../..</c>; empty on the server.</param>
public sealed record CodePath(Language Language, string Origin = "", string Root = "")
{
    /// <summary>True for files, where nothing answers forms.</summary>
    public bool IsStatic => Root.Length > 0;

    /// <summary>All codes.</summary>
    public string Index => Of("codes");

    /// <summary>Which code should I send?</summary>
    public string Which => Of("codes/which");

    /// <summary>The style sheet.</summary>
    public string Style => Asset("ringfence.css");

    /// <summary>The script.</summary>
    public string Script => Asset("ringfence.js");

    /// <summary>The picture of the tab.</summary>
    public string Icon => Asset("icon.svg");

    /// <summary>The page of a code.</summary>
    /// <param name="code">Status code.</param>
    public string Code(int code) => Of($"codes/{Text(code)}");

    /// <summary>The comparison of two codes.</summary>
    /// <param name="one">Status code.</param>
    /// <param name="other">Another one.</param>
    public string Pair(int one, int other) => Of($"codes/{new CodePair(one, other)}");

    /// <summary>A page of this language.</summary>
    /// <param name="page">Its address within the language: <c>codes/607</c>.</param>
    public string Of(string page) => In(Language.Code, page);

    /// <summary>A page of a language.</summary>
    /// <param name="language">Language tag.</param>
    /// <param name="page">Its address within the language.</param>
    public string In(string language, string page) =>
        IsStatic ? $"{Root}/{language}/{page}/index.html" : $"/{language}/{page}";

    /// <summary>The same for who stands outside: absolute where the origin is known.</summary>
    /// <param name="language">Language tag; null for the address that chooses the reader's.</param>
    /// <param name="page">Its address within the language.</param>
    public string Outside(string? language, string page) =>
        Origin.Length == 0 && IsStatic
            ? In(language ?? Language.Code, page)
            : $"{Origin}{(language is null ? "" : "/" + language)}/{page}{(IsStatic ? "/" : "")}";

    internal static string Text(int code) => code.ToString(CultureInfo.InvariantCulture);

    private string Asset(string name) => IsStatic ? $"{Root}/{name}" : WebAsset.Get(name).Address;
}
