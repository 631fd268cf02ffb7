using System.Text;

namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>The HTTP exchange that opens a WebSocket (RFC 6455 §4).</summary>
internal static class WebSocketUpgrade
{
    private const int MaxHead = 16_384;

    /// <summary>
    /// True: the head is whole and upgrades, the frames begin at <paramref name="length"/>. False: HTTP for something else. Null: no HTTP
    /// (length 0), or its head is not whole yet (length -1).
    /// </summary>
    public static bool? Look(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (!bytes.StartsWith("GET "u8) && !bytes.StartsWith("HTTP/1.1 "u8))
        {
            return null;
        }

        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            length = -1;
            return bytes.Length > MaxHead ? false : null;
        }

        length = end + 4;
        return Mentions(bytes[..end], "websocket"u8);
    }

    private static bool Mentions(ReadOnlySpan<byte> head, ReadOnlySpan<byte> word)
    {
        for (var at = 0; at + word.Length <= head.Length; at++)
        {
            if (Ascii.EqualsIgnoreCase(head.Slice(at, word.Length), word))
            {
                return true;
            }
        }

        return false;
    }
}
