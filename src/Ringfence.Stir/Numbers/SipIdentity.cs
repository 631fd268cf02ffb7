using System.Buffers;
using System.Globalization;
using System.Text;
using Ringfence.Stir.Claims;

namespace Ringfence.Stir.Numbers;

/// <summary>The identity that a SIP, SIPS or tel URI stands for (RFC 8224 §8.1, §8.5).</summary>
public static class SipIdentity
{
    private const int LongestUri = 512;

    private static readonly SearchValues<byte> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8
    );

    /// <summary>Reads a URI.</summary>
    /// <param name="uri">addr-spec: no angle brackets, no header parameters.</param>
    /// <param name="plan">How numbers without "+" are read.</param>
    /// <returns>A number where the URI is one, else the canonical URI; null for what is neither SIP, SIPS, tel nor urn.</returns>
    public static ClaimedIdentity? From(ReadOnlySpan<byte> uri, NumberPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        int colon = uri.IndexOf((byte)':');
        if (colon <= 0 || uri.Length > LongestUri)
        {
            return null;
        }

        ReadOnlySpan<byte> scheme = uri[..colon];
        ReadOnlySpan<byte> rest = uri[(colon + 1)..];
        if (Ascii.EqualsIgnoreCase(scheme, "tel"u8))
        {
            return CanonicalNumber.From(rest, Dialled(plan)) is { } number ? ClaimedIdentity.Number(number) : null;
        }

        bool isSip = Ascii.EqualsIgnoreCase(scheme, "sip"u8) || Ascii.EqualsIgnoreCase(scheme, "sips"u8);
        if (isSip)
        {
            return FromSip(scheme, rest, plan);
        }

        // RFC 9027 §3: emergency calls are addressed to a service, "urn:service:sos".
        return Ascii.EqualsIgnoreCase(scheme, "urn"u8) ? ClaimedIdentity.Uri(Lower(uri)) : null;
    }

    /// <summary>The canonical form of a "uri" claim, so that a signer's capitals or port do not matter.</summary>
    internal static ClaimedIdentity Normalize(ClaimedIdentity claimed) =>
        claimed.IsUri && From(Encoding.UTF8.GetBytes(claimed.Value), UrisOnly) is { } canonical ? canonical : claimed;

    internal static bool TryPercent(ReadOnlySpan<byte> text, out byte octet)
    {
        octet = 0;
        return text.Length >= 3
            && char.IsAsciiHexDigit((char)text[1])
            && char.IsAsciiHexDigit((char)text[2])
            && byte.TryParse(text[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octet);
    }

    private static NumberPlan UrisOnly { get; } = new() { DigitsAreNumbers = false, MaximumDigits = 0 };

    private static ClaimedIdentity? FromSip(ReadOnlySpan<byte> scheme, ReadOnlySpan<byte> rest, NumberPlan plan)
    {
        int at = rest.IndexOf((byte)'@');
        ReadOnlySpan<byte> userInfo = at < 0 ? default : rest[..at];
        ReadOnlySpan<byte> hostPart = rest[(at + 1)..];
        int parameters = hostPart.IndexOfAny((byte)';', (byte)'?');
        ReadOnlySpan<byte> hostPort = parameters < 0 ? hostPart : hostPart[..parameters];

        // A second "@" makes two readings of who is calling; RFC 3261 §25.1 has none in a host.
        if (hostPort.IsEmpty || hostPort.Contains((byte)'@'))
        {
            return null;
        }

        int password = userInfo.IndexOf((byte)':');
        ReadOnlySpan<byte> user = password < 0 ? userInfo : userInfo[..password];
        if (IsPhone(user, hostPart, parameters, plan) && CanonicalNumber.From(user, Dialled(plan)) is { } number)
        {
            return ClaimedIdentity.Number(number);
        }

        string host = Lower(WithoutPort(hostPort));
        return ClaimedIdentity.Uri(
            user.IsEmpty ? $"{Lower(scheme)}:{host}" : $"{Lower(scheme)}:{NormalizeUser(user)}@{host}"
        );
    }

    private static NumberPlan Dialled(NumberPlan plan) =>
        plan.DigitsAreNumbers ? plan : plan with { DigitsAreNumbers = true };

    private static bool IsPhone(ReadOnlySpan<byte> user, ReadOnlySpan<byte> host, int parameters, NumberPlan plan) =>
        !user.IsEmpty
        && plan.MaximumDigits > 0
        && (
            plan.DigitsAreNumbers
            || user[0] == '+'
            || (parameters >= 0 && ContainsIgnoreCase(host[parameters..], ";user=phone"u8))
        );

    private static bool ContainsIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted)
    {
        for (int at = 0; at + wanted.Length <= text.Length; at++)
        {
            bool ends = at + wanted.Length == text.Length || text[at + wanted.Length] is (byte)';' or (byte)'?';
            if (ends && Ascii.EqualsIgnoreCase(text.Slice(at, wanted.Length), wanted))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> hostPort)
    {
        int bracket = hostPort.LastIndexOf((byte)']');
        int colon = hostPort[(bracket + 1)..].IndexOf((byte)':');
        return colon < 0 ? hostPort : hostPort[..(bracket + 1 + colon)];
    }

    /// <summary>RFC 8224 §8.5: lower case, and percent-encoded unreserved characters decoded (RFC 3986 §6.2.2.2).</summary>
    private static string NormalizeUser(ReadOnlySpan<byte> user)
    {
        var normal = new StringBuilder(user.Length);
        for (int at = 0; at < user.Length; at++)
        {
            if (user[at] == '%' && TryPercent(user[at..], out byte decoded) && Unreserved.Contains(decoded))
            {
                normal.Append((char)decoded);
                at += 2;
                continue;
            }

            normal.Append((char)user[at]);
        }

        return normal.ToString().ToLowerInvariant();
    }

    private static string Lower(ReadOnlySpan<byte> text) => Encoding.Latin1.GetString(text).ToLowerInvariant();
}
