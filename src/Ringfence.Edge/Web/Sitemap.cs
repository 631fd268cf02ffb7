using System.Text;
using Microsoft.AspNetCore.Http;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>The addresses that a search engine ought to know: every code and every written pair, in every language.</summary>
internal static class Sitemap
{
    internal static Task SendAsync(HttpContext context)
    {
        string origin = $"{context.Request.Scheme}://{context.Request.Host}";
        StringBuilder xml = new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        foreach (LanguageName name in Language.Available)
        {
            CodePath path = new(Language.Load(name.Code));
            IEnumerable<string> addresses = CodeCatalogue
                .All.SelectMany(facts =>
                    facts.ConfusedWith.Where(other => other > facts.Code).Select(other => path.Pair(facts.Code, other)).Prepend(path.Code(facts.Code))
                )
                .Prepend(path.Which)
                .Prepend(path.Index);
            foreach (string address in addresses)
            {
                xml.Append("<url><loc>").Append(origin).Append(address).Append("</loc></url>\n");
            }
        }

        return Answer.SendAsync(context, Encoding.UTF8.GetBytes(xml.Append("</urlset>\n").ToString()), "application/xml; charset=utf-8");
    }
}
