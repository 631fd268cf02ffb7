namespace Ringfence.Sip.Messages;

/// <summary>RSeq = 1*DIGIT, 1 to 2³²−1 (RFC 3262 §7.1).</summary>
public static class RSeq
{
    /// <summary>Reads the number of a reliable provisional response; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out uint number) =>
        Digits.TryParse(value, uint.MaxValue, out number) && number > 0;
}
