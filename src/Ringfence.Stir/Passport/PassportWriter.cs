using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Ringfence.Stir.Claims;

namespace Ringfence.Stir.Passport;

/// <summary>Writes what a PASSporT signs, in canonical form (RFC 8225 §4, §9).</summary>
public static class PassportWriter
{
    /// <summary>The bytes to sign: base64url(header) "." base64url(payload).</summary>
    /// <param name="claims">What is claimed.</param>
    /// <param name="type">The kind; it decides "ppt".</param>
    /// <param name="x5u">Where the signer's certificate lies.</param>
    /// <returns>ASCII octets.</returns>
    public static byte[] SigningInput(PassportClaims claims, PassportType type, string x5u)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(x5u);
        var json = new ArrayBufferWriter<byte>(512);
        WriteHeader(json, type, x5u);
        int header = json.WrittenCount;
        ClaimsWriter.Write(json, claims);

        int first = Base64Url.GetEncodedLength(header);
        int second = Base64Url.GetEncodedLength(json.WrittenCount - header);
        var input = new byte[first + 1 + second];
        Base64Url.EncodeToUtf8(json.WrittenSpan[..header], input);
        input[first] = (byte)'.';
        Base64Url.EncodeToUtf8(json.WrittenSpan[header..], input.AsSpan(first + 1));
        return input;
    }

    /// <summary>The token in full form: signing input, dot, signature.</summary>
    /// <param name="signingInput">From <see cref="SigningInput"/>.</param>
    /// <param name="signature">64 octets r and s.</param>
    public static string Full(ReadOnlySpan<byte> signingInput, ReadOnlySpan<byte> signature) =>
        string.Concat(Encoding.ASCII.GetString(signingInput), ".", Base64Url.EncodeToString(signature));

    /// <summary>The token in compact form: two dots and the signature (RFC 8225 §7). Only a baseline PASSporT has one (RFC 8224 §9).</summary>
    /// <param name="signature">64 octets r and s.</param>
    public static string Compact(ReadOnlySpan<byte> signature) => ".." + Base64Url.EncodeToString(signature);

    private static void WriteHeader(ArrayBufferWriter<byte> output, PassportType type, string x5u)
    {
        output.Write("{\"alg\":\"ES256\","u8);
        if (PassportTypes.Name(type) is { } ppt)
        {
            output.Write("\"ppt\":"u8);
            JsonText.Write(output, ppt);
            output.Write(","u8);
        }

        output.Write("\"typ\":\"passport\",\"x5u\":"u8);
        JsonText.Write(output, x5u);
        output.Write("}"u8);
    }
}
