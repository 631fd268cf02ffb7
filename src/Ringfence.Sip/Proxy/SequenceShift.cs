using System.Buffers.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Proxy;

/// <summary>
/// CSeq numbers of a dialog whose INVITE was sent a second time, with credentials, and so under the next number (RFC 3261 §22.2): towards
/// the callee all are one higher than the caller's, and RAck with them; in responses one lower.
/// </summary>
internal static class SequenceShift
{
    /// <summary>The value with its CSeq number changed: that of CSeq, or the second one of RAck (RFC 3262 §7.2).</summary>
    internal static ReadOnlySpan<byte> Write(SipWriter text, ReadOnlySpan<byte> value, bool isRAck, int by)
    {
        int start = isRAck ? value.IndexOf((byte)' ') + 1 : 0;
        text.Clear();
        if (Utf8Parser.TryParse(value[start..], out uint number, out int digits))
        {
            text.Append(value[..start]);
            Span<byte> room = stackalloc byte[10];
            Utf8Formatter.TryFormat((uint)(number + by), room, out int length);
            text.Append(room[..length]);
            text.Append(value[(start + digits)..]);
        }
        else
        {
            text.Append(value);
        }

        return text.Written;
    }
}
