using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>
/// A challenge or credentials: WWW-Authenticate, Proxy-Authenticate, Authorization, Proxy-Authorization (RFC 3261 §20.7,
/// §20.44; algorithms RFC 8760). One header line holds one of them: its commas separate parameters.
/// </summary>
public readonly ref struct AuthHeader
{
    // Each is compared with all others: a bound on the product.
    private const int MostParameters = 32;

    private readonly ReadOnlySpan<byte> _parameters;

    private AuthHeader(ReadOnlySpan<byte> scheme, ReadOnlySpan<byte> parameters)
    {
        Scheme = scheme;
        _parameters = parameters;
    }

    /// <summary>The scheme token: Digest, Bearer, …</summary>
    public ReadOnlySpan<byte> Scheme { get; }

    /// <summary>True for the Digest scheme.</summary>
    public bool IsDigest => Ascii.EqualsIgnoreCase(Scheme, "Digest"u8);

    /// <summary>Reads a value; false when it breaks the grammar or names a parameter twice.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out AuthHeader result)
    {
        int length = value.TokenLength();
        result = new AuthHeader(value[..length], Lws.TrimStart(value[length..]));
        if (length == 0 || length + result._parameters.Length == value.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = result._parameters;
        for (int count = 0; !rest.IsEmpty; count++)
        {
            if (count == MostParameters || !TryTake(ref rest, out ReadOnlySpan<byte> name, out _) || Holds(rest, name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The value of a parameter (realm, nonce, username, response, algorithm, qop, …), without quotes, quoted pairs as received.
    /// </summary>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> rest = _parameters;
        while (TryTake(ref rest, out ReadOnlySpan<byte> found, out value))
        {
            if (Ascii.EqualsIgnoreCase(found, name))
            {
                return true;
            }
        }

        value = default;
        return false;
    }

    private static bool Holds(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name)
    {
        while (TryTake(ref rest, out ReadOnlySpan<byte> other, out _))
        {
            if (Ascii.EqualsIgnoreCase(other, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>auth-param = name EQUAL ( token / quoted-string ), and the comma behind it.</summary>
    private static bool TryTake(
        scoped ref ReadOnlySpan<byte> rest,
        out ReadOnlySpan<byte> name,
        out ReadOnlySpan<byte> value
    )
    {
        name = rest[..rest.TokenLength()];
        value = default;
        ReadOnlySpan<byte> text = Lws.TrimStart(rest[name.Length..]);
        if (name.IsEmpty || text.IsEmpty || text[0] != '=')
        {
            return false;
        }

        text = Lws.TrimStart(text[1..]);
        int quoted = QuotedString.Length(text);
        int comma = text.IndexOf((byte)',');
        int end =
            quoted > 0 ? quoted
            : comma < 0 ? text.Length
            : comma;
        value = quoted > 0 ? text[1..(quoted - 1)] : Lws.TrimEnd(text[..end]);
        text = Lws.TrimStart(text[end..]);
        bool isLast = text.IsEmpty;
        if ((!isLast && text[0] != ',') || (quoted < 0 && (value.IsEmpty || value.ContainsAny((byte)'"', (byte)' '))))
        {
            return false;
        }

        rest = isLast ? default : Lws.TrimStart(text[1..]);
        return isLast || !rest.IsEmpty;
    }
}
