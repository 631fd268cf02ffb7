using System.Globalization;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>
/// Addresses of the reference: with the language in front, or without it for the reader's own. A static site has index.html files
/// under relative addresses instead.
/// </summary>
/// <param name="Language">The language of the page.</param>
/// <param name="Root">What stands before the language: empty on the server, <c>..</c> steps in a static site.</param>
public sealed record CodePath(Language Language, string Root = "")
{
    private bool IsStatic => Root.Length > 0;

    public string Index => Of("codes");

    public string Which => Of("codes/which");

    public string Style => IsStatic ? $"{Root}/ringfence.css" : "/assets/ringfence.css";

    public string Script => IsStatic ? $"{Root}/ringfence.js" : "/assets/ringfence.js";

    public string Code(int code) => Of($"codes/{Text(code)}");

    public string Pair(int one, int other) => Of($"codes/{new CodePair(one, other)}");

    /// <summary>The same page in another language.</summary>
    public string In(string language, string page) => Full(language, page);

    public string Of(string page) => Full(Language.Code, page);

    internal static string Text(int code) => code.ToString(CultureInfo.InvariantCulture);

    private string Full(string language, string page) => IsStatic ? $"{Root}/{language}/{page}/index.html" : $"/{language}/{page}";
}
