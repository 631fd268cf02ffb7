using System.Security.Cryptography;

namespace Ringfence.Edge.Web;

/// <summary>A file that the pages need, as it lies in the assembly.</summary>
internal static class WebAsset
{
    internal static byte[] Bytes(string name)
    {
        using Stream stream =
            typeof(WebAsset).Assembly.GetManifestResourceStream("web/" + name) ?? throw new InvalidOperationException($"{name} is not embedded");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A tag that changes with the content.</summary>
    internal static string Tag(ReadOnlySpan<byte> content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..8])}\"";
}
