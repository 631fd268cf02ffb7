using System.Formats.Tar;
using System.IO.Compression;

namespace Ringfence.Sip.Tests.Messages.Torture;

/// <summary>
/// Decodes the messages of RFC 4475 from its appendix A.1: a base64 text, cut by page breaks, of a gzip-packed tar archive.
/// </summary>
internal static class Rfc4475Archive
{
    internal static SortedDictionary<string, byte[]> Decode(string rfcText)
    {
        IEnumerable<string> lines = rfcText
            .Split('\n')
            .Select(line => line.Trim())
            .SkipWhile(line => line != "-- BEGIN MESSAGE ARCHIVE --")
            .Skip(1)
            .TakeWhile(line => line != "-- END MESSAGE ARCHIVE --")
            .Where(line => line.Length > 0 && line.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '='));
        using var packed = new MemoryStream(Convert.FromBase64String(string.Concat(lines)));
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data)
            {
                byte[] bytes = new byte[entry.Length];
                data.ReadExactly(bytes);
                files.Add(Path.GetFileName(entry.Name), bytes);
            }
        }

        return files;
    }
}
