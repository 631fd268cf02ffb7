using System.Buffers.Text;
using System.Text;

namespace Ringfence.Diagnosis.Capture.Fetches;

/// <summary>The first line of an HTTP/1 request or response, and whose it is (RFC 9112 §3, §4).</summary>
/// <param name="Status">The status of a response; 0 for a request.</param>
/// <param name="Host">The host of a request, without its port.</param>
/// <param name="Path">What a request asks for.</param>
internal readonly record struct HttpHead(int Status, string Host, string Path)
{
    private const int MaxPath = 1_024;
    private const int MaxHost = 255;

    public static bool TryRead(ReadOnlySpan<byte> bytes, out HttpHead head)
    {
        head = default;
        if (bytes.StartsWith("HTTP/1."u8))
        {
            var digits = bytes.Length >= 12 ? bytes.Slice(9, 3) : default;
            var isWhole = Utf8Parser.TryParse(digits, out int status, out var read) && read == 3;
            head = new HttpHead(status, "", "");
            return isWhole;
        }

        var method =
            bytes.StartsWith("GET "u8) ? 4
            : bytes.StartsWith("HEAD "u8) ? 5
            : 0;
        var line = method == 0 ? -1 : bytes.IndexOf((byte)'\n');
        var path = line < 0 ? -1 : bytes[method..line].IndexOf((byte)' ');
        if (path is <= 0 or > MaxPath)
        {
            return false;
        }

        head = new HttpHead(0, HostOf(bytes[(line + 1)..]), Encoding.ASCII.GetString(bytes.Slice(method, path)));
        return true;
    }

    private static string HostOf(ReadOnlySpan<byte> fields)
    {
        while (fields.IndexOf((byte)'\n') is var end and > 1)
        {
            var field = fields[..end];
            if (field.Length > 5 && Ascii.EqualsIgnoreCase(field[..5], "Host:"u8))
            {
                var value = Encoding.ASCII.GetString(field[5..]).Trim();
                var port = value.LastIndexOf(':');
                value = port > 0 && !value.EndsWith(']') ? value[..port] : value;
                return value.Length > MaxHost ? "" : value;
            }

            fields = fields[(end + 1)..];
        }

        return "";
    }
}
