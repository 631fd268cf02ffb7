namespace Ringfence.Sip.Messages;

/// <summary>delta-seconds = 1*DIGIT, below 2³² (RFC 3261 §20.19): Expires, Min-Expires, Min-SE and parameters like them.</summary>
public static class DeltaSeconds
{
    /// <summary>Reads a number of seconds; false for anything else and for more than 2³²−1.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out uint seconds) =>
        Digits.TryParse(value, uint.MaxValue, out seconds);

    /// <summary>Reads a number of seconds at the start of a value that parameters may follow, as in Min-SE (RFC 4028 §5).</summary>
    internal static bool TryParseWithParameters(ReadOnlySpan<byte> value, out uint seconds, out ReadOnlySpan<byte> rest)
    {
        int digits = value.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? value.Length : digits;
        rest = Lws.TrimStart(value[digits..]);
        return Digits.TryParse(value[..digits], uint.MaxValue, out seconds) && (rest.IsEmpty || rest[0] == ';');
    }
}
