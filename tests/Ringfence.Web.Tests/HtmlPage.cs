using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Ringfence.Web.Tests;

/// <summary>A page, read strictly: apart from void elements and attributes without a value it must be well-formed XML.</summary>
public sealed partial class HtmlPage
{
    private static readonly string[] HeadingNames = ["h1", "h2", "h3", "h4", "h5", "h6"];

    private HtmlPage(XDocument document) => Document = document;

    public XDocument Document { get; }

    public IEnumerable<XElement> Headings =>
        Document.Descendants().Where(element => HeadingNames.Contains(element.Name.LocalName));

    public IEnumerable<XElement> Of(string name) => Document.Descendants(name);

    /// <summary>The addresses that it leads to, also those of its style, script and pictures.</summary>
    public IEnumerable<string> Links =>
        Document
            .Descendants()
            .SelectMany(element => element.Attributes())
            .Where(attribute => attribute.Name.LocalName is "href" or "src" or "action")
            .Select(attribute => attribute.Value);

    public string Meta(string name) =>
        Of("meta").Single(meta => (string?)meta.Attribute("name") == name).Attribute("content")!.Value;

    public string? Link(string rel) =>
        (string?)Of("link").SingleOrDefault(link => (string?)link.Attribute("rel") == rel)?.Attribute("href");

    /// <summary>What a reader sees, without scripts.</summary>
    public string Text =>
        string.Join(' ', Of("body").Single().DescendantNodes().OfType<XText>().Select(text => text.Value));

    public static HtmlPage Parse(string html)
    {
        html.ShouldStartWith("<!DOCTYPE html>");
        string xml = Valueless().Replace(Void().Replace(html["<!DOCTYPE html>".Length..], "<$1$2/>"), "$1 $2=\"\"");
        try
        {
            return new HtmlPage(XDocument.Parse(xml, LoadOptions.PreserveWhitespace));
        }
        catch (XmlException e)
        {
            string line = xml.Split('\n')[e.LineNumber - 1];
            throw new InvalidOperationException(
                $"{e.Message} near {line[Math.Max(0, e.LinePosition - 80)..Math.Min(line.Length, e.LinePosition + 40)]}",
                e
            );
        }
    }

    [GeneratedRegex(@"<(meta|link|input|br|hr|img)\b([^>]*?)\s*/?>")]
    private static partial Regex Void();

    [GeneratedRegex("(<(?:button|input)[^>]*?) (hidden|required)(?=[ />])")]
    private static partial Regex Valueless();
}
