namespace Ringfence.Sip.Messages;

/// <summary>qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] ) (RFC 3261 §25.1).</summary>
public static class QValue
{
    /// <summary>Reads a q value in thousandths, 0 to 1000; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out int thousandths)
    {
        thousandths = 0;
        if (
            value.Length is < 1 or > 5
            || value[0] is not ((byte)'0' or (byte)'1')
            || (value.Length > 1 && value[1] != '.')
        )
        {
            return false;
        }

        thousandths = (value[0] - '0') * 1000;
        int weight = 100;
        for (int i = 2; i < value.Length; i++, weight /= 10)
        {
            if (!char.IsAsciiDigit((char)value[i]))
            {
                return false;
            }

            thousandths += (value[i] - '0') * weight;
        }

        return thousandths <= 1000;
    }
}
