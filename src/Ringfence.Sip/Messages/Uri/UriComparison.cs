using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>Whether two URIs are equivalent: RFC 3261 §19.1.4 for sip and sips, RFC 3966 §4 for tel.</summary>
public static class UriComparison
{
    // Every parameter of one URI is looked up in the other: a bound on the product.
    private const int MostParameters = 64;

    /// <summary>
    /// True when the URIs are equivalent. Schemes without a rule here, and URIs that cannot be read, are compared byte by byte.
    /// </summary>
    public static bool AreEqual(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.SequenceEqual(b))
        {
            return true;
        }

        UriScheme scheme = SipUri.SchemeOf(a);
        return scheme == SipUri.SchemeOf(b)
            && scheme switch
            {
                UriScheme.Sip or UriScheme.Sips => SipUri.TryParse(a, out SipUri left)
                    && SipUri.TryParse(b, out SipUri right)
                    && AreEqual(left, right),
                UriScheme.Tel => TelUri.TryParse(a, out TelUri left)
                    && TelUri.TryParse(b, out TelUri right)
                    && AreEqual(left, right),
                _ => false,
            };
    }

    /// <summary>RFC 3261 §19.1.4: the user part in its case, all else in any; a default that is spelled out differs.</summary>
    public static bool AreEqual(in SipUri a, in SipUri b) =>
        a.IsSips == b.IsSips
        && a.HasPassword == b.HasPassword
        && EscapedText.AreEqual(a.User, b.User, ignoreCase: false)
        && EscapedText.AreEqual(a.Password, b.Password, ignoreCase: false)
        && Ascii.EqualsIgnoreCase(a.Host, b.Host)
        && a.Port == b.Port
        && HoldsParameters(a.Parameters, b.Parameters)
        && HoldsParameters(b.Parameters, a.Parameters)
        && HoldsAll(a.Headers, b.Headers)
        && HoldsAll(b.Headers, a.Headers);

    /// <summary>RFC 3966 §4: numbers without visual separators, parameters in any order, all in any case.</summary>
    public static bool AreEqual(in TelUri a, in TelUri b) =>
        a.IsGlobal == b.IsGlobal
        && AreNumbersEqual(a.Number, b.Number)
        && HoldsTelParameters(a.Parameters, b.Parameters)
        && HoldsTelParameters(b.Parameters, a.Parameters);

    /// <summary>What both have must match; what one lacks is ignored, bar those that choose where a request goes.</summary>
    private static bool HoldsParameters(UriParameters mine, UriParameters others)
    {
        for (int count = 0; mine.MoveNext(); count++)
        {
            bool isThere = others.TryGet(mine.Name, out ReadOnlySpan<byte> value);
            bool isEqual = isThere
                ? EscapedText.AreEqual(mine.Value, value, ignoreCase: true)
                : !MustBeInBoth(mine.Name);
            if (!isEqual || count == MostParameters)
            {
                return false;
            }
        }

        return true;
    }

    private static bool MustBeInBoth(ReadOnlySpan<byte> name) =>
        Is(name, "user"u8)
        || Is(name, "ttl"u8)
        || Is(name, "method"u8)
        || Is(name, "maddr"u8)
        || Is(name, "transport"u8);

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known) =>
        EscapedText.AreEqual(name, known, ignoreCase: true);

    /// <summary>URI headers are never ignored; their order does not matter.</summary>
    private static bool HoldsAll(UriParameters mine, UriParameters others)
    {
        for (int count = 0; mine.MoveNext(); count++)
        {
            if (
                count == MostParameters
                || !others.TryGet(mine.Name, out ReadOnlySpan<byte> value)
                || !EscapedText.AreEqual(mine.Value, value, ignoreCase: true)
            )
            {
                return false;
            }
        }

        return true;
    }

    private static bool HoldsTelParameters(UriParameters mine, UriParameters others)
    {
        for (int count = 0; mine.MoveNext(); count++)
        {
            if (count == MostParameters || !others.TryGet(mine.Name, out ReadOnlySpan<byte> value))
            {
                return false;
            }

            bool isNumber =
                Is(mine.Name, "ext"u8) || (Is(mine.Name, "phone-context"u8) && mine.Value.StartsWith("+"u8));
            bool isEqual = isNumber
                ? AreNumbersEqual(mine.Value, value)
                : EscapedText.AreEqual(mine.Value, value, ignoreCase: true);
            if (!isEqual)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreNumbersEqual(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        while (true)
        {
            a = SkipSeparators(a);
            b = SkipSeparators(b);
            if (a.IsEmpty || b.IsEmpty)
            {
                return a.IsEmpty && b.IsEmpty;
            }

            if (!Ascii.EqualsIgnoreCase(a[..1], b[..1]))
            {
                return false;
            }

            a = a[1..];
            b = b[1..];
        }
    }

    private static ReadOnlySpan<byte> SkipSeparators(ReadOnlySpan<byte> number)
    {
        while (!number.IsEmpty && TelUri.IsSeparator(number[0]))
        {
            number = number[1..];
        }

        return number;
    }
}
