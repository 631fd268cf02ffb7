namespace Ringfence.Edge.LiveFindings;

/// <summary>Finds the Call-ID in a message that the edge has read or written itself: one line, named in full or by its letter.</summary>
internal static class CallIdField
{
    internal static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> message)
    {
        int at = message.IndexOf("\r\nCall-ID:"u8);
        int length = "\r\nCall-ID:"u8.Length;
        if (at < 0)
        {
            at = message.IndexOf("\r\ni:"u8);
            length = "\r\ni:"u8.Length;
        }

        if (at < 0)
        {
            return default;
        }

        ReadOnlySpan<byte> rest = message[(at + length)..];
        int end = rest.IndexOf((byte)'\r');
        return end < 0 ? default : rest[..end].Trim(" \t"u8);
    }
}
