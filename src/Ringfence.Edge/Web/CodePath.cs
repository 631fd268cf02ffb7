using System.Globalization;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>
/// Addresses of the reference: with the language in front, or without it for the reader's own. A static site has index.html files
/// under relative addresses instead.
/// </summary>
/// <param name="Language">The language of the page.</param>
/// <param name="Root">What stands before the language: empty on the server, <c>..</c> steps in a static site.</param>
internal sealed record CodePath(Language Language, string Root = "")
{
    private bool IsStatic => Root.Length > 0;

    internal string Index => Of("codes");

    internal string Which => Of("codes/which");

    internal string Style => IsStatic ? $"{Root}/ringfence.css" : "/assets/ringfence.css";

    internal string Script => IsStatic ? $"{Root}/ringfence.js" : "/assets/ringfence.js";

    internal string Code(int code) => Of($"codes/{Text(code)}");

    internal string Pair(int one, int other) => Of($"codes/{new CodePair(one, other)}");

    /// <summary>The same page in another language.</summary>
    internal string In(string language, string page) => Full(language, page);

    internal string Of(string page) => Full(Language.Code, page);

    internal static string Text(int code) => code.ToString(CultureInfo.InvariantCulture);

    private string Full(string language, string page) => IsStatic ? $"{Root}/{language}/{page}/index.html" : $"/{language}/{page}";
}
