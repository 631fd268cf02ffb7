using System.Globalization;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Media;
using Ringfence.Diagnosis.Report;
using Ringfence.Edge.Web.Pages;

namespace Ringfence.Edge.Web.Diagnose;

/// <summary>The pages of <c>/diagnose</c> as texts.</summary>
internal sealed class DiagnosePages : IDisposable
{
    private const int MaxLadders = 20;
    private const int MaxListed = 100;
    private readonly PageRenderer _renderer = new();

    internal Task<string> FormAsync(CodePath path, UploadFault fault) =>
        _renderer.RenderAsync<DiagnosePage>(
            (nameof(DiagnosePage.Path), path),
            (nameof(DiagnosePage.Problem), Problem(fault))
        );

    internal Task<string> ResultAsync(CodePath path, string id, HeldDiagnosis held, TraceQuery query)
    {
        using var body = new StringWriter(CultureInfo.InvariantCulture);
        CallFilter filter = query.Filter(held.Diagnosis.Trace);
        var options = new ReportOptions
        {
            Language = path.Language.Code,
            Filter = filter,
            MaxLadders = MaxLadders,
            MaxListed = MaxListed,
            ListedFrom = query.Before,
        };
        string page = path.Of($"diagnose/{id}");
        Dictionary<Call, int> calls = held
            .Diagnosis.Trace.Calls.Select((call, i) => (call, i))
            .ToDictionary(pair => pair.call, pair => pair.i);
        Dictionary<RtpStream, int> numbers = held
            .Diagnosis.Trace.Streams.Select((stream, i) => (stream, i))
            .ToDictionary(pair => pair.stream, pair => pair.i);
        ReportBody.Write(
            body,
            held.Diagnosis,
            options,
            new ReportPlace
            {
                Audio = stream =>
                    numbers.TryGetValue(stream, out int number)
                        ? $"/diagnose/{id}/audio/{CodePath.Text(number)}.wav"
                        : null,
                Code = code => Codes.CodeCatalogue.TryGet(code, out _) ? path.Code(code) : null,
                Call = call => $"{page}?call={CodePath.Text(calls[call])}",
                From = before => page + query.ToQuery(before),
            }
        );
        return _renderer.RenderAsync<DiagnosisPage>(
            (nameof(DiagnosisPage.Path), path),
            (nameof(DiagnosisPage.Id), id),
            (nameof(DiagnosisPage.Name), held.Name),
            (nameof(DiagnosisPage.IsCut), held.IsCut),
            (nameof(DiagnosisPage.Query), query),
            (nameof(DiagnosisPage.All), ReportBody.Count(held.Diagnosis, new CallFilter())),
            (nameof(DiagnosisPage.Fitting), ReportBody.Count(held.Diagnosis, filter)),
            (nameof(DiagnosisPage.Body), body.ToString())
        );
    }

    private static string? Problem(UploadFault fault) =>
        fault switch
        {
            UploadFault.None => null,
            UploadFault.TooLarge => "diagnose-large",
            UploadFault.TooMany => "diagnose-many",
            UploadFault.Unreadable => "diagnose-unreadable",
            UploadFault.Busy => "diagnose-busy",
            UploadFault.Gone => "diagnose-gone",
            _ => "diagnose-none",
        };

    /// <inheritdoc/>
    public void Dispose() => _renderer.Dispose();
}
