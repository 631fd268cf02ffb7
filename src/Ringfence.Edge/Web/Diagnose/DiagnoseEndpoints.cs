using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ringfence.Codes;
using Ringfence.Diagnosis.Report;

namespace Ringfence.Edge.Web.Diagnose;

/// <summary>
/// <c>/diagnose</c>: a form that takes captures and logs, and what came of them under an id that nobody can guess. A plain form suffices; a
/// program that accepts JSON gets the report at once, and nothing is kept.
/// </summary>
internal sealed class DiagnoseEndpoints(
    DiagnosePages pages,
    DiagnosisShelf shelf,
    TraceReading reading,
    Uri? publicAddress
)
{
    private static readonly string[] Assets = ["ladder.css", "ladder.js", "diagnose.js", "sieve.js"];

    /// <summary>Puts the pages into an application that ends with them.</summary>
    internal static void Map(WebApplication application, Uri? publicAddress, TimeProvider clock)
    {
        var reading = new TraceReading();
        var pages = new DiagnosePages();
        application.Lifetime.ApplicationStopped.Register(reading.Dispose);
        application.Lifetime.ApplicationStopped.Register(pages.Dispose);
        new DiagnoseEndpoints(pages, new DiagnosisShelf(clock), reading, publicAddress).Map(application);
    }

    private void Map(IEndpointRouteBuilder application)
    {
        MapPages(application, "", null);
        foreach (LanguageName name in Language.Available)
        {
            MapPages(application, "/" + name.Code, name.Code);
        }

        foreach (WebAsset asset in Assets.Select(WebAsset.Get))
        {
            application
                .MapGet($"/assets/{asset.Name}", context => Answer.AssetAsync(context, asset))
                .ExcludeFromDescription();
        }

        application.MapGet("/diagnose/{id}/audio/{number:int}.wav", AudioAsync).ExcludeFromDescription();
    }

    private void MapPages(IEndpointRouteBuilder routes, string prefix, string? language)
    {
        string form = prefix + "/diagnose";
        routes.MapGet(form, context => FormAsync(context, language, UploadFault.None)).ExcludeFromDescription();
        routes.MapPost(form, context => TakeAsync(context, language, prefix)).ExcludeFromDescription();
        routes.MapGet(form + "/{id}", context => ResultAsync(context, language)).ExcludeFromDescription();
        routes
            .MapPost(
                form + "/{id}/forget",
                context =>
                {
                    shelf.Forget(Id(context));
                    context.Response.StatusCode = StatusCodes.Status303SeeOther;
                    context.Response.Headers.Location = form;
                    return Task.CompletedTask;
                }
            )
            .ExcludeFromDescription();
    }

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private CodePath PathFor(HttpContext context, string? language) =>
        new(
            Negotiation.Language(context, language),
            publicAddress?.GetLeftPart(UriPartial.Authority) ?? $"{context.Request.Scheme}://{context.Request.Host}"
        );

    private async Task FormAsync(HttpContext context, string? language, UploadFault fault)
    {
        CodePath path = PathFor(context, language);
        context.Response.StatusCode = fault switch
        {
            UploadFault.None => StatusCodes.Status200OK,
            UploadFault.TooLarge or UploadFault.TooMany => StatusCodes.Status413PayloadTooLarge,
            UploadFault.Unreadable => StatusCodes.Status422UnprocessableEntity,
            UploadFault.Busy => StatusCodes.Status503ServiceUnavailable,
            UploadFault.Gone => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status400BadRequest,
        };
        if (fault == UploadFault.Busy)
        {
            context.Response.Headers.RetryAfter = "60";
        }

        await Answer
            .HtmlAsync(context, await pages.FormAsync(path, fault).ConfigureAwait(false), path.Language.Code)
            .ConfigureAwait(false);
    }

    private async Task TakeAsync(HttpContext context, string? language, string prefix)
    {
        // A page of another site may send a form here; it could not read what comes of it, and is not to cause work either.
        if (context.Request.Headers["Sec-Fetch-Site"] == "cross-site")
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        shelf.Sweep();
        if (!await reading.EnterAsync(context.RequestAborted).ConfigureAwait(false))
        {
            await FormAsync(context, language, UploadFault.Busy).ConfigureAwait(false);
            return;
        }

        (HeldDiagnosis? held, UploadFault fault) = (null, UploadFault.None);
        try
        {
            (Upload upload, fault) = await Upload.ReadAsync(context).ConfigureAwait(false);
            if (fault == UploadFault.None)
            {
                held = await TraceReading.ReadAsync(upload, context.RequestAborted).ConfigureAwait(false);
                fault = held is null ? UploadFault.Unreadable : UploadFault.None;
            }
        }
        finally
        {
            reading.Leave();
        }

        if (held is null)
        {
            await FormAsync(context, language, fault).ConfigureAwait(false);
        }
        else if (WantsJson(context))
        {
            await SendJsonAsync(context, held, PathFor(context, language)).ConfigureAwait(false);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = $"{prefix}/diagnose/{shelf.Add(held)}";
        }
    }

    private async Task ResultAsync(HttpContext context, string? language)
    {
        if (shelf.Find(Id(context)) is not { } held)
        {
            await FormAsync(context, language, UploadFault.Gone).ConfigureAwait(false);
            return;
        }

        CodePath path = PathFor(context, language);
        context.Response.Headers.CacheControl = "no-store";
        if (WantsJson(context))
        {
            await SendJsonAsync(context, held, path).ConfigureAwait(false);
            return;
        }

        string page = await pages
            .ResultAsync(path, Id(context), held, TraceQuery.Of(context.Request.Query))
            .ConfigureAwait(false);
        await Answer.HtmlAsync(context, page, path.Language.Code).ConfigureAwait(false);
    }

    private Task AudioAsync(HttpContext context)
    {
        int number = int.Parse((string)context.Request.RouteValues["number"]!, CultureInfo.InvariantCulture);
        if (shelf.Find(Id(context)) is not { } held || number >= held.Diagnosis.Trace.Streams.Count)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.Headers.CacheControl = "no-store";
        return Answer.SendAsync(context, StreamWav.Of(held.Diagnosis.Trace.Streams[number]), "audio/wav");
    }

    private static bool WantsJson(HttpContext context)
    {
        string page = "";
        return context.Request.Query.ContainsKey("json") || Negotiation.Form(context, ref page) == PageForm.Json;
    }

    private static Task SendJsonAsync(HttpContext context, HeldDiagnosis held, CodePath path)
    {
        using var json = new MemoryStream();
        JsonReport.Write(json, held.Diagnosis, new ReportOptions { Language = path.Language.Code });
        context.Response.Headers.CacheControl = "no-store";
        return Answer.JsonAsync(context, Encoding.UTF8.GetString(json.ToArray()), path.Language.Code);
    }
}
