using System.Text;
using System.Xml;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>The addresses that a search engine ought to know: every code and the pairs that people confuse, in every language.</summary>
internal static class Sitemap
{
    private const string Schema = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /// <summary>The sitemap (sitemaps.org) as UTF-8.</summary>
    /// <param name="origin">Scheme, host and port.</param>
    /// <param name="isStatic">True for a static site, whose pages are folders.</param>
    internal static byte[] Of(string origin, bool isStatic = false)
    {
        using MemoryStream file = new();
        using (XmlWriter xml = XmlWriter.Create(file, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("urlset", Schema);
            foreach (LanguageName name in Language.Available)
            {
                CodePath path = new(Language.Load(name.Code), origin, isStatic ? "." : "");
                foreach (string page in Pages())
                {
                    xml.WriteStartElement("url", Schema);
                    xml.WriteElementString("loc", Schema, path.Outside(name.Code, page));
                    xml.WriteEndElement();
                }
            }

            xml.WriteEndElement();
        }

        return file.ToArray();
    }

    private static IEnumerable<string> Pages() =>
        CodeCatalogue
            .All.SelectMany(facts =>
                facts
                    .ConfusedWith.Where(other => other > facts.Code)
                    .Select(other => $"codes/{new CodePair(facts.Code, other)}")
                    .Prepend($"codes/{CodePath.Text(facts.Code)}")
            )
            .Prepend("codes/which")
            .Prepend("codes");
}
