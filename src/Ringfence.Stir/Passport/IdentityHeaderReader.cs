using System.Buffers;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Passport;

/// <summary>
/// Reads Identity header values as they are met in the field: parameters in any order, "ppt" quoted or not, white space and folding round
/// ";" and "=", several values in one header, URLs that hold ";", "=" and "," (RFC 8224 §4, RFC 3261 §25.1).
/// </summary>
public static class IdentityHeaderReader
{
    // base64-char of RFC 8224 §4, with "-" and "_", which base64url needs and the printed grammar forgot, and "=" so that padding gets
    // its own reason from the token's reader.
    private static readonly SearchValues<byte> DigestCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/.="u8
    );

    private static readonly SearchValues<byte> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~"u8
    );

    private static readonly SearchValues<byte> NotInUri = SearchValues.Create("<>\" \t\r\n"u8);

    /// <summary>Cuts a header field's value at the commas between identities: those outside of angle brackets and quotes.</summary>
    /// <param name="value">Everything after "Identity:" or "y:".</param>
    /// <param name="rest">What follows the first identity and its comma; empty at the end.</param>
    /// <returns>The first identity, untrimmed.</returns>
    public static ReadOnlyMemory<byte> NextValue(ReadOnlyMemory<byte> value, out ReadOnlyMemory<byte> rest)
    {
        int end = IndexOutside(value.Span, (byte)',');
        rest = end < 0 ? default : value[(end + 1)..];
        return end < 0 ? value : value[..end];
    }

    /// <summary>Reads one identity.</summary>
    /// <param name="value">The value, possibly folded.</param>
    /// <param name="header">Its parts, when the result is <see cref="Fault.None"/>.</param>
    public static Fault Read(ReadOnlyMemory<byte> value, out IdentityHeader header)
    {
        header = default;
        value = Trim(value);
        int end = IndexOutside(value.Span, (byte)';');
        ReadOnlyMemory<byte> token = Trim(end < 0 ? value : value[..end]);
        if (token.IsEmpty)
        {
            return Fault.HeaderEmpty;
        }

        if (token.Span.ContainsAnyExcept(DigestCharacters))
        {
            return Fault.HeaderDigest;
        }

        header = new IdentityHeader(token, default, default, default);
        while (end >= 0)
        {
            value = value[(end + 1)..];
            end = IndexOutside(value.Span, (byte)';');
            Fault fault = ReadParameter(Trim(end < 0 ? value : value[..end]), ref header);
            if (fault != Fault.None)
            {
                return fault;
            }
        }

        if (header.Info.IsEmpty)
        {
            return Fault.HeaderInfoMissing;
        }

        return header.Alg.IsEmpty || header.Alg.Span.SequenceEqual("ES256"u8) ? Fault.None : Fault.HeaderAlgorithm;
    }

    private static Fault ReadParameter(ReadOnlyMemory<byte> parameter, ref IdentityHeader header)
    {
        int equal = parameter.Span.IndexOf((byte)'=');
        ReadOnlyMemory<byte> name = Trim(equal < 0 ? parameter : parameter[..equal]);
        ReadOnlyMemory<byte> value = equal < 0 ? default : Trim(parameter[(equal + 1)..]);
        if (name.IsEmpty || name.Span.ContainsAnyExcept(TokenCharacters))
        {
            return Fault.HeaderParameterMalformed;
        }

        if (Is(name, "info"u8))
        {
            if (!header.Info.IsEmpty)
            {
                return Fault.HeaderParameterTwice;
            }

            header = header with { Info = InAngles(value) };
            return header.Info.IsEmpty ? Fault.HeaderInfoMalformed : Fault.None;
        }

        bool isAlg = Is(name, "alg"u8);
        if (!isAlg && !Is(name, "ppt"u8))
        {
            return Fault.None;
        }

        if (!(isAlg ? header.Alg : header.Ppt).IsEmpty)
        {
            return Fault.HeaderParameterTwice;
        }

        value = Unquote(value);
        header = isAlg ? header with { Alg = value } : header with { Ppt = value };
        return value.IsEmpty || value.Span.ContainsAnyExcept(TokenCharacters)
            ? Fault.HeaderParameterMalformed
            : Fault.None;
    }

    private static ReadOnlyMemory<byte> InAngles(ReadOnlyMemory<byte> value)
    {
        bool enclosed = value.Length > 2 && value.Span[0] == '<' && value.Span[^1] == '>';
        ReadOnlyMemory<byte> uri = enclosed ? value[1..^1] : default;
        return uri.Span.ContainsAny(NotInUri) ? default : uri;
    }

    private static ReadOnlyMemory<byte> Unquote(ReadOnlyMemory<byte> value) =>
        value.Length > 2 && value.Span[0] == '"' && value.Span[^1] == '"' ? value[1..^1] : value;

    private static bool Is(ReadOnlyMemory<byte> name, ReadOnlySpan<byte> wanted) =>
        System.Text.Ascii.EqualsIgnoreCase(name.Span, wanted);

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> value) => value.Trim(" \t\r\n"u8);

    private static int IndexOutside(ReadOnlySpan<byte> value, byte wanted)
    {
        bool quoted = false;
        bool inAngles = false;
        for (int at = 0; at < value.Length; at++)
        {
            byte octet = value[at];
            if (quoted)
            {
                at += octet == '\\' ? 1 : 0;
                quoted = octet != '"';
            }
            else if (octet == '"' && !inAngles)
            {
                quoted = true;
            }
            else if (octet is (byte)'<' or (byte)'>')
            {
                inAngles = octet == '<';
            }
            else if (octet == wanted && !inAngles)
            {
                return at;
            }
        }

        return -1;
    }
}
