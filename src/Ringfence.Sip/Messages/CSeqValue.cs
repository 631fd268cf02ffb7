namespace Ringfence.Sip.Messages;

/// <summary>CSeq = 1*DIGIT LWS Method (RFC 3261 §20.16); the number is below 2³¹ (§8.1.1.5).</summary>
public static class CSeqValue
{
    /// <summary>Reads a CSeq value; false when it breaks the grammar or the number's limit.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out uint number, out ReadOnlySpan<byte> method)
    {
        int digits = Math.Max(0, value.IndexOfAnyExceptInRange((byte)'0', (byte)'9'));
        method = Lws.TrimStart(value[digits..]);
        return Digits.TryParse(value[..digits], int.MaxValue, out number)
            && digits + method.Length < value.Length
            && method.ContainsOnlyToken();
    }
}
