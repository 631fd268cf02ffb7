namespace Ringfence.Sip.Messages;

/// <summary>Max-Forwards = 1*DIGIT, 0 to 255 (RFC 3261 §20.22).</summary>
public static class MaxForwards
{
    /// <summary>Reads the hops that are left; false when it is no number of 0 to 255.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out int hops)
    {
        bool isNumber = Digits.TryParse(value, byte.MaxValue, out uint number);
        hops = (int)number;
        return isNumber;
    }
}
