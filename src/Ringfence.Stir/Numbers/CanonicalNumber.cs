namespace Ringfence.Stir.Numbers;

/// <summary>Telephone numbers as PASSporTs write them: country code and digits, "*" and "#", nothing else (RFC 8224 §8.3).</summary>
public static class CanonicalNumber
{
    private const int LongestInput = 64;

    /// <summary>Makes a number canonical.</summary>
    /// <param name="subscriber">
    /// The user part of a SIP URI or what follows "tel:", with or without "+", visual separators and parameters
    /// (";npdi", ";rn=…", ";cpc=…", ";verstat=…").
    /// </param>
    /// <param name="plan">How numbers without "+" are read.</param>
    /// <returns>The canonical form, or null when this is no telephone number.</returns>
    public static string? From(ReadOnlySpan<byte> subscriber, NumberPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        int parameters = subscriber.IndexOf((byte)';');
        ReadOnlySpan<byte> number = parameters < 0 ? subscriber : subscriber[..parameters];
        if (number.Length > LongestInput)
        {
            return null;
        }

        Span<char> digits = stackalloc char[LongestInput];
        int length = Digits(number, digits, out bool isGlobal);
        if (length <= 0 || (!isGlobal && !plan.DigitsAreNumbers))
        {
            return null;
        }

        Span<char> buffer = stackalloc char[LongestInput * 2];
        ReadOnlySpan<char> canonical = isGlobal ? digits[..length] : plan.Internationalize(digits[..length], buffer);
        return canonical.Length is > 0 && canonical.Length <= plan.MaximumDigits ? canonical.ToString() : null;
    }

    /// <summary>Copies what is dialled and leaves out what is only seen (RFC 3966 §3); -1 when something is neither.</summary>
    private static int Digits(ReadOnlySpan<byte> number, Span<char> digits, out bool isGlobal)
    {
        int length = 0;
        isGlobal = false;
        for (int at = 0; at < number.Length; at++)
        {
            byte octet = number[at];
            if (octet == '%')
            {
                if (!SipIdentity.TryPercent(number[at..], out octet))
                {
                    return -1;
                }

                at += 2;
            }

            if (octet is >= (byte)'0' and <= (byte)'9' or (byte)'*' or (byte)'#')
            {
                digits[length++] = (char)octet;
            }
            else if (octet == '+' && length == 0 && !isGlobal)
            {
                isGlobal = true;
            }
            else if (octet is not ((byte)'-' or (byte)'.' or (byte)'(' or (byte)')' or (byte)' '))
            {
                return -1;
            }
        }

        return length;
    }
}
