using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Diagnosis.Ladder;

namespace Ringfence.Edge.Web;

/// <summary>A file that the pages need, as it lies in the assembly.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record WebAsset(string Name, byte[] Content)
{
    private static readonly ConcurrentDictionary<string, WebAsset> Known = new(StringComparer.Ordinal);

    /// <summary>The files that pages refer to.</summary>
    internal static readonly string[] OfPages = ["ringfence.css", "ringfence.js", "icon.svg"];

    /// <summary>Where the server has it. The address changes with the content, so that browsers may keep it for good.</summary>
    internal string Address { get; } = $"/assets/{Name}?v={Tag(Content)}";

    internal string Type =>
        Path.GetExtension(Name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };

    internal static WebAsset Get(string name) => Known.GetOrAdd(name, static name => new WebAsset(name, Read(name)));

    /// <summary>A tag that changes with the content.</summary>
    internal static string Tag(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content)[..8]);

    private static byte[] Read(string name) =>
        name switch
        {
            "ringfence.css" => [.. Encoding.UTF8.GetBytes(LadderAssets.Colours), .. ReadEmbedded(name)],
            "ladder.css" => Encoding.UTF8.GetBytes(LadderAssets.Style),
            "ladder.js" => Encoding.UTF8.GetBytes(LadderAssets.Script),
            _ => ReadEmbedded(name),
        };

    private static byte[] ReadEmbedded(string name)
    {
        using Stream stream =
            typeof(WebAsset).Assembly.GetManifestResourceStream("web/" + name)
            ?? throw new InvalidOperationException($"{name} is not embedded");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
