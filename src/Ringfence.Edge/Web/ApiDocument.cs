using Microsoft.AspNetCore.OpenApi;

namespace Ringfence.Edge.Web;

/// <summary>What the OpenAPI document says of the API as a whole.</summary>
internal static class ApiDocument
{
    internal static void Describe(OpenApiOptions options) =>
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info.Title = "Ringfence";
                document.Info.Version = "1";
                document.Info.Description =
                    "SIP response codes: facts, texts in several languages, comparisons. Of a running edge: reports, lists, numbers, refusals and appeals. Members may be added; none is renamed or removed within v1.";
                return Task.CompletedTask;
            }
        );
}
