using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Ringfence.Diagnosis.Capture;

namespace Ringfence.Edge.Web.Diagnose;

/// <summary>The files of a form (RFC 7578), read into memory and never onto a disk, bounded before anything is kept.</summary>
internal sealed class Upload
{
    /// <summary>Bytes of all files together, in MB.</summary>
    internal const int MaxMegabytes = 64;

    /// <summary>How many captures and logs are taken together.</summary>
    internal const int MaxFiles = 16;

    private const int MaxKeyLog = 4 << 20;
    private const long MaxBytes = (long)MaxMegabytes << 20;
    private const int MaxNames = 120;
    private readonly List<CaptureInput> _files = [];

    internal IReadOnlyList<CaptureInput> Files => _files;

    internal string? KeyLog { get; private set; }

    internal long Size { get; private set; }

    internal string Name
    {
        get
        {
            string names = string.Join(", ", _files.Select(file => file.Name));
            return names.Length <= MaxNames ? names : names[..MaxNames] + "…";
        }
    }

    /// <summary>Reads the form of a request.</summary>
    internal static async Task<(Upload Upload, UploadFault Fault)> ReadAsync(HttpContext context)
    {
        var upload = new Upload();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes + (1 << 20);
        }

        if (context.Request.ContentLength > MaxBytes + (1 << 20))
        {
            return (upload, UploadFault.TooLarge);
        }

        if (
            !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary
        )
        {
            return (upload, UploadFault.NoFile);
        }

        try
        {
            return (upload, await upload.ReadPartsAsync(context, boundary).ConfigureAwait(false));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (upload, UploadFault.TooLarge);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // A form that breaks off, or that is none.
            return (upload, UploadFault.NoFile);
        }
    }

    private async Task<UploadFault> ReadPartsAsync(HttpContext context, string boundary)
    {
        var parts = new MultipartReader(boundary, context.Request.Body);
        while (await parts.ReadNextSectionAsync(context.RequestAborted).ConfigureAwait(false) is { } part)
        {
            if (part.GetContentDispositionHeader() is not { } disposition)
            {
                continue;
            }

            bool isKeyLog = disposition.Name.Value?.Trim('"') == "keys";
            byte[]? content = await ReadAsync(part.Body, isKeyLog ? MaxKeyLog : MaxBytes - Size, context.RequestAborted)
                .ConfigureAwait(false);
            if (content is null)
            {
                return UploadFault.TooLarge;
            }

            if (content.Length == 0)
            {
                continue;
            }

            // Dropped beside its capture, a key log is known by how it begins.
            if (isKeyLog || (content.Length <= MaxKeyLog && KeyLogText.Is(content)))
            {
                KeyLog += System.Text.Encoding.UTF8.GetString(content) + "\n";
            }
            else if (disposition.IsFileDisposition())
            {
                if (_files.Count >= MaxFiles)
                {
                    return UploadFault.TooMany;
                }

                Size += content.Length;
                string name = Path.GetFileName(disposition.FileName.Value?.Trim('"') ?? "");
                _files.Add(CaptureInput.Bytes(name.Length == 0 ? "capture" : name, content));
            }
        }

        return _files.Count == 0 ? UploadFault.NoFile : UploadFault.None;
    }

    private static async Task<byte[]?> ReadAsync(Stream body, long most, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        byte[] piece = new byte[81_920];
        int read;
        while ((read = await body.ReadAsync(piece, cancellation).ConfigureAwait(false)) > 0)
        {
            if (content.Length + read > most)
            {
                return null;
            }

            content.Write(piece, 0, read);
        }

        return content.ToArray();
    }
}
