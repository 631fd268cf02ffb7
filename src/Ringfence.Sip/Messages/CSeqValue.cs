using System.Buffers.Text;

namespace Ringfence.Sip.Messages;

/// <summary>CSeq = 1*DIGIT LWS Method (RFC 3261 §20.16); the number is below 2³¹ (§8.1.1.5).</summary>
public static class CSeqValue
{
    /// <summary>Reads a CSeq value; false when it breaks the grammar or the number's limit.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out uint number, out ReadOnlySpan<byte> method)
    {
        method = default;
        int digits = value.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (
            digits is <= 0 or > 20
            || !Lws.Is(value[digits])
            || !Utf8Parser.TryParse(value[..digits], out number, out int used)
            || used != digits
            || number > int.MaxValue
        )
        {
            number = 0;
            return false;
        }

        method = Lws.TrimStart(value[digits..]);
        return method.ContainsOnlyToken();
    }
}
