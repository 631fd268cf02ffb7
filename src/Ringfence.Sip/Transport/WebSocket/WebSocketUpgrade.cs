using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Sip.Transport;

/// <summary>A WebSocket client's request and the answer to it (RFC 6455 §4.2, RFC 7118 §4.1).</summary>
internal static class WebSocketUpgrade
{
    /// <summary>The longest request, in bytes.</summary>
    internal const int LargestRequest = 8192;

    private const int SwitchingProtocols = 101;
    private const int BadRequest = 400;
    private const int Forbidden = 403;
    private const int UpgradeRequired = 426;

    /// <summary>Answers a request; with anything but 101 it is refused.</summary>
    /// <param name="request">The request, empty line and all.</param>
    /// <param name="origins">The origins that may; all when there are none.</param>
    /// <param name="isAccepted">True for 101.</param>
    internal static byte[] Answer(ReadOnlySpan<byte> request, IReadOnlyList<string> origins, out bool isAccepted)
    {
        string[] lines = Encoding.Latin1.GetString(request).Split("\r\n");
        int status = Judge(lines, origins, out string key);
        isAccepted = status == SwitchingProtocols;
        return Encoding.ASCII.GetBytes(
            isAccepted
                ? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + $"Sec-WebSocket-Accept: {AcceptOf(key)}\r\nSec-WebSocket-Protocol: sip\r\n\r\n"
                : Refusal(status)
        );
    }

    /// <summary>The refusal of what is no request, or too long for one.</summary>
    internal static byte[] BadRequestAnswer() => Encoding.ASCII.GetBytes(Refusal(BadRequest));

    private static int Judge(string[] lines, IReadOnlyList<string> origins, out string key)
    {
        key = "";
        string[] start = lines[0].Split(' ');
        if (
            start is not ["GET", ['/', ..], "HTTP/1.1"]
            || !TryReadHeaders(lines, out Dictionary<string, string> headers)
        )
        {
            return BadRequest;
        }

        if (!Lists(headers, "Upgrade", "websocket") || !Lists(headers, "Connection", "Upgrade"))
        {
            return UpgradeRequired;
        }

        if (headers.GetValueOrDefault("Sec-WebSocket-Version") != "13")
        {
            return UpgradeRequired;
        }

        if (
            origins.Count > 0
            && !origins.Contains(headers.GetValueOrDefault("Origin"), StringComparer.OrdinalIgnoreCase)
        )
        {
            return Forbidden;
        }

        key = headers.GetValueOrDefault("Sec-WebSocket-Key", "");
        bool isKey = Convert.TryFromBase64String(key, stackalloc byte[24], out int length) && length == 16;
        return isKey && headers.ContainsKey("Host") && Lists(headers, "Sec-WebSocket-Protocol", "sip")
            ? SwitchingProtocols
            : BadRequest;
    }

    private static bool TryReadHeaders(string[] lines, out Dictionary<string, string> headers)
    {
        headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Skip(1).TakeWhile(line => line.Length > 0))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line[0] is ' ' or '\t' || line[colon - 1] is ' ' or '\t')
            {
                return false;
            }

            string value = line[(colon + 1)..].Trim(' ', '\t');
            string name = line[..colon];
            headers[name] = headers.TryGetValue(name, out string? before) ? $"{before}, {value}" : value;
        }

        return true;
    }

    private static bool Lists(Dictionary<string, string> headers, string name, string token) =>
        headers
            .GetValueOrDefault(name, "")
            .Split(',', StringSplitOptions.TrimEntries)
            .Contains(token, StringComparer.OrdinalIgnoreCase);

    private static string AcceptOf(string key)
    {
        // The protocol's own choice (§1.3); nothing rests on the hash being strong.
#pragma warning disable CA5350
        byte[] hash = SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
#pragma warning restore CA5350
        return Convert.ToBase64String(hash);
    }

    private static string Refusal(int status)
    {
        string phrase = status switch
        {
            Forbidden => "Forbidden",
            UpgradeRequired => "Upgrade Required\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13",
            _ => "Bad Request",
        };
        string code = status.ToString(CultureInfo.InvariantCulture);
        return $"HTTP/1.1 {code} {phrase}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    }
}
