using System.Buffers;
using System.Buffers.Text;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Passport;

/// <summary>Reads a PASSporT strictly from its received bytes (RFC 8225 §3-§7, RFC 7515 §5.2 steps 1-7). Nothing here needs a key.</summary>
public static class PassportReader
{
    /// <summary>Octets of an ES256 signature (RFC 7518 §3.4).</summary>
    internal const int SignatureLength = 64;

    private static readonly SearchValues<byte> Base64UrlCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8
    );

    /// <summary>Whether the token is in compact form: two dots and the signature (RFC 8225 §7).</summary>
    /// <param name="token">The token as received.</param>
    public static bool IsCompact(ReadOnlySpan<byte> token) => token.StartsWith(".."u8);

    /// <summary>Reads a token in full form.</summary>
    /// <param name="token">header.payload.signature as received; kept, not copied.</param>
    /// <param name="passport">The token, when the result is <see cref="Fault.None"/>.</param>
    /// <returns>The first fault in the order of <see cref="VerificationRule"/> 2 to 4.</returns>
    public static Fault Read(ReadOnlyMemory<byte> token, out PassportToken? passport)
    {
        passport = null;
        Fault fault = ReadParts(token, out JoseHeader header, out byte[] payload, out byte[] signature, out int signed);
        if (fault != Fault.None)
        {
            return fault;
        }

        fault = ClaimsReader.Read(payload, header.Type, out JsonTape? tape, out PassportClaims? claims);
        if (fault == Fault.None)
        {
            passport = new PassportToken(token[..signed], signature, header.X5u, header.Type, claims!, tape!);
        }

        return fault;
    }

    /// <summary>Everything up to the JOSE header, which says how to read the claims.</summary>
    internal static Fault ReadParts(
        ReadOnlyMemory<byte> token,
        out JoseHeader header,
        out byte[] payload,
        out byte[] signature,
        out int signed
    )
    {
        header = default;
        payload = signature = [];
        Fault fault = Split(token.Span, out int firstDot, out signed);
        if (fault != Fault.None)
        {
            return fault;
        }

        fault = Decode(token.Span[..firstDot], out byte[] jose);
        if (fault != Fault.None)
        {
            return fault;
        }

        fault = Decode(token.Span[(firstDot + 1)..signed], out payload);
        if (fault != Fault.None)
        {
            return fault;
        }

        fault = JoseHeader.Read(jose, out header);
        if (fault != Fault.None)
        {
            return fault;
        }

        // RFC 8224 §6.2 step 1: what is not supported is ignored, whatever else is wrong with it.
        return header.Type == PassportType.Unsupported
            ? Fault.PptUnsupported
            : ReadSignature(token.Span[(signed + 1)..], out signature);
    }

    /// <summary>Decodes the signature part and checks that it is r and s (RFC 7518 §3.4).</summary>
    internal static Fault ReadSignature(ReadOnlySpan<byte> part, out byte[] signature)
    {
        Fault fault = Decode(part, out signature);
        if (fault != Fault.None)
        {
            return fault;
        }

        if (signature.Length == SignatureLength)
        {
            return Fault.None;
        }

        bool isDer = signature.Length is > 6 and < 74 && signature[0] == 0x30 && signature[1] == signature.Length - 2;
        return isDer ? Fault.TokenSignatureDer : Fault.TokenSignatureLength;
    }

    private static Fault Split(ReadOnlySpan<byte> token, out int first, out int second)
    {
        second = 0;
        first = token.IndexOf((byte)'.');
        if (first < 0)
        {
            return Fault.TokenParts;
        }

        second = token[(first + 1)..].IndexOf((byte)'.') + first + 1;
        if (second <= first || token[(second + 1)..].Contains((byte)'.'))
        {
            return Fault.TokenParts;
        }

        return first == 0 || second == first + 1 ? Fault.TokenHalfCompact : Fault.None;
    }

    /// <summary>Decodes one part of a JWS: base64url without padding, nothing else (RFC 7515 §2).</summary>
    internal static Fault Decode(ReadOnlySpan<byte> part, out byte[] octets)
    {
        octets = [];
        int foreign = part.IndexOfAnyExcept(Base64UrlCharacters);
        if (foreign >= 0)
        {
            return part[foreign] == '=' ? Fault.TokenPadding : Fault.TokenBase64;
        }

        // Four characters carry three octets; one character over carries none (RFC 4648 §4).
        if (part.Length % 4 == 1)
        {
            return Fault.TokenBase64Bits;
        }

        octets = new byte[part.Length * 3 / 4];
        OperationStatus status = Base64Url.DecodeFromUtf8(part, octets, out _, out int written);
        return status == OperationStatus.Done && written == octets.Length ? Fault.None : Fault.TokenBase64Bits;
    }
}
