namespace Ringfence.Sip.Messages;

/// <summary>1*DIGIT: no sign, any number of leading zeros (RFC 3261 §25.1).</summary>
internal static class Digits
{
    /// <summary>Reads the digits; false when there are none, others than digits, or the number is above the limit.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, uint most, out uint number)
    {
        ulong value = 0;
        number = 0;
        foreach (byte b in text)
        {
            uint digit = (uint)(b - '0');
            value = (value * 10) + digit;
            if (digit > 9 || value > most)
            {
                return false;
            }
        }

        number = (uint)value;
        return !text.IsEmpty;
    }
}
