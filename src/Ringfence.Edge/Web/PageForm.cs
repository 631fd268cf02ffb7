namespace Ringfence.Edge.Web;

/// <summary>The form in which a page is sent.</summary>
internal enum PageForm
{
    Html,
    Json,
    Markdown,
}
