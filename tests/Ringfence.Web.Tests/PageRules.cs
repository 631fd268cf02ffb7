using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ringfence.Edge.Web;

namespace Ringfence.Web.Tests;

/// <summary>What holds of every page.</summary>
internal static partial class PageRules
{
    /// <summary>Largest size of a page with its style, script and icon.</summary>
    internal const int LargestPage = 60_000;

    private static readonly int Assets = WebAsset.OfPages.Sum(name => WebAsset.Get(name).Content.Length);

    /// <summary>The rules that a page breaks.</summary>
    /// <param name="html">The page.</param>
    /// <param name="language">The language that it should be in.</param>
    internal static IEnumerable<string> Faults(string html, string language)
    {
        HtmlPage page = HtmlPage.Parse(html);
        XElement root = page.Document.Root!;
        if ((string?)root.Attribute("lang") != language)
        {
            yield return $"lang is {root.Attribute("lang")}";
        }

        XElement[] headings = [.. page.Headings];
        if (headings.Count(heading => heading.Name == "h1") != 1)
        {
            yield return "not exactly one h1";
        }

        int last = 1;
        foreach (XElement heading in headings)
        {
            int level = heading.Name.LocalName[1] - '0';
            if (level > last + 1)
            {
                yield return $"h{level} after h{last}: {heading.Value}";
            }

            last = level;
        }

        XElement[] named =
        [
            .. headings,
            .. page.Of("title"),
            .. page.Of("th"),
            .. page.Of("summary"),
            .. page.Of("a"),
            .. page.Of("button"),
            .. page.Of("li"),
        ];
        if (named.FirstOrDefault(element => string.IsNullOrWhiteSpace(element.Value)) is { } empty)
        {
            yield return $"empty {empty.Name}";
        }

        if (Placeholder().Match(page.Text) is { Success: true } left)
        {
            yield return $"a placeholder is left: {left.Value}";
        }

        string? twice = root.Descendants()
            .Select(element => (string?)element.Attribute("id"))
            .Where(id => id is not null)
            .GroupBy(id => id)
            .FirstOrDefault(same => same.Count() > 1)
            ?.Key;
        if (twice is not null)
        {
            yield return $"two elements with id {twice}";
        }

        string? nowhere = page.Links.FirstOrDefault(link =>
            link.StartsWith('#') && root.Descendants().All(element => (string?)element.Attribute("id") != link[1..])
        );
        if (nowhere is not null)
        {
            yield return $"{nowhere} leads nowhere";
        }

        if (Encoding.UTF8.GetByteCount(html) + Assets > LargestPage)
        {
            yield return $"{Encoding.UTF8.GetByteCount(html) + Assets} bytes with style, script and icon";
        }
    }

    [GeneratedRegex(@"\{[A-Za-z][\w-]*\}")]
    private static partial Regex Placeholder();
}
