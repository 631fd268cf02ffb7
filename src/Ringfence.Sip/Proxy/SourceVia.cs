using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>
/// The topmost Via of a request as it is forwarded: with the source that it really came from (RFC 3261 §18.2.1, RFC 3581), so
/// that the response finds back.
/// </summary>
internal static class SourceVia
{
    /// <summary>Writes the header line's new value into <paramref name="text"/>.</summary>
    internal static ReadOnlySpan<byte> Write(SipWriter text, ReadOnlySpan<byte> line, in Peer from)
    {
        int comma = Lws.IndexOfSeparator(line, (byte)',');
        ReadOnlySpan<byte> item = Lws.Trim(comma < 0 ? line : line[..comma]);
        text.Clear();
        if (Via.TryParse(item, out Via via))
        {
            WriteItem(text, item, via, from);
        }
        else
        {
            text.Append(item);
        }

        text.Append(comma < 0 ? default : line[comma..]);
        return text.Written;
    }

    private static void WriteItem(SipWriter text, ReadOnlySpan<byte> item, in Via via, in Peer from)
    {
        text.Append(Lws.TrimEnd(item[..(item.Length - via.ParametersText.Length)]));
        var parameter = new Parameters(via.ParametersText);
        while (parameter.MoveNext())
        {
            // What the sender says of its own source does not count.
            bool isOfSource =
                Ascii.EqualsIgnoreCase(parameter.Name, "rport"u8)
                || Ascii.EqualsIgnoreCase(parameter.Name, "received"u8);
            if (isOfSource)
            {
                continue;
            }

            text.Append(";"u8);
            text.Append(parameter.Name);
            if (parameter.HasValue)
            {
                text.Append(parameter.IsQuoted ? "=\""u8 : "="u8);
                text.Append(parameter.Value);
                text.Append(parameter.IsQuoted ? "\""u8 : default);
            }
        }

        Span<byte> room = stackalloc byte[45];
        text.Append(";received="u8);
        text.Append(from.FormatAddress(room));
        if (via.HasRport || from.IsReliable)
        {
            // Over a stream the port names the connection.
            text.Append(";rport="u8);
            text.Append(from.Port);
        }
    }
}
