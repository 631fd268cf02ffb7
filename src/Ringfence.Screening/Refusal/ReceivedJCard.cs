using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ringfence.Screening.Refusal;

/// <summary>A signed jCard that another network's 608 led to: whom to contact, once its signature holds (RFC 8688 §3.3).</summary>
public sealed class ReceivedJCard
{
    private const int MaxLength = 65_536;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(90);
    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 16 };

    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private ReceivedJCard(
        byte[] signed,
        byte[] signature,
        Uri certificate,
        DateTimeOffset issuedAt,
        RedressContact contact
    )
    {
        _signed = signed;
        _signature = signature;
        Certificate = certificate;
        IssuedAt = issuedAt;
        Contact = contact;
    }

    /// <summary>Where the signer's certificate is (x5u).</summary>
    public Uri Certificate { get; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>Whom to contact. Not to be believed before <see cref="Check"/>.</summary>
    public RedressContact Contact { get; }

    /// <summary>Reads a compact JWS; null with the fault. The JSON in it may be formatted in any way (RFC 8688 §4.1).</summary>
    public static ReceivedJCard? Parse(string jws, out JCardFault fault)
    {
        ArgumentNullException.ThrowIfNull(jws);
        fault = jws.Length > MaxLength ? JCardFault.TooLong : JCardFault.Malformed;
        var parts = fault == JCardFault.TooLong ? [] : jws.Trim().Split('.', 4);
        if (parts.Length != 3 || !Array.TrueForAll(parts, p => Base64Url.IsValid(p)))
        {
            return null;
        }

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]), Json);
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]), Json);
            var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
            return Read(
                header.RootElement,
                payload.RootElement,
                signed,
                Base64Url.DecodeFromChars(parts[2]),
                out fault
            );
        }
        catch (JsonException)
        {
            // The reader has no form that answers with a value; the fault stays Malformed.
            return null;
        }
    }

    /// <summary>Checks signature and freshness.</summary>
    /// <param name="key">The key of the certificate at <see cref="Certificate"/>, which the caller has validated.</param>
    /// <param name="now">The time.</param>
    public JCardFault Check(ECDsa key, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (
            !key.VerifyData(
                _signed,
                _signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            )
        )
        {
            return JCardFault.BadSignature;
        }

        return (now - IssuedAt).Duration() > Freshness ? JCardFault.Stale : JCardFault.None;
    }

    private static ReceivedJCard? Read(
        JsonElement header,
        JsonElement payload,
        byte[] signed,
        byte[] signature,
        out JCardFault fault
    )
    {
        fault = JCardFault.Malformed;
        if (header.ValueKind != JsonValueKind.Object || payload.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        fault = JCardFault.Unsupported;
        var isSupported =
            string.Equals(Text(header, "alg"), "ES256", StringComparison.Ordinal)
            && string.Equals(Text(header, "typ"), "vcard+json", StringComparison.Ordinal);
        if (!isSupported || !Uri.TryCreate(Text(header, "x5u"), UriKind.Absolute, out var certificate))
        {
            return null;
        }

        fault = JCardFault.Incomplete;
        var isComplete = payload.TryGetProperty("iat", out var iat) & payload.TryGetProperty("jcard", out var card);
        if (
            !isComplete
            || iat.ValueKind != JsonValueKind.Number
            || !iat.TryGetUInt32(out var seconds)
            || ReadContact(card) is not { IsReachable: true } contact
        )
        {
            return null;
        }

        fault = JCardFault.None;
        return new ReceivedJCard(signed, signature, certificate, DateTimeOffset.FromUnixTimeSeconds(seconds), contact);
    }

    // ["vcard", [[name, parameters, type, value, …], …]] (RFC 7095 §3.2, §3.3)
    private static RedressContact? ReadContact(JsonElement card)
    {
        var isCard =
            card.ValueKind == JsonValueKind.Array
            && card.GetArrayLength() == 2
            && card[1].ValueKind == JsonValueKind.Array;
        if (!isCard)
        {
            return null;
        }

        var contact = new RedressContact { Name = "" };
        foreach (var property in card[1].EnumerateArray())
        {
            if (
                property.ValueKind != JsonValueKind.Array
                || property.GetArrayLength() < 4
                || property[0].ValueKind != JsonValueKind.String
            )
            {
                continue;
            }

            var value = property[3].ValueKind == JsonValueKind.String ? property[3].GetString() : null;
            contact = property[0].GetString() switch
            {
                "fn" => contact with { Name = value ?? "" },
                "url" => contact with { Url = Uri.TryCreate(value, UriKind.Absolute, out var url) ? url : null },
                "email" => contact with { Email = value },
                "tel" => contact with
                {
                    Tel = value?.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) == true ? value[4..] : value,
                },
                "adr" => contact with { Address = ReadAddress(property[3]) },
                _ => contact,
            };
        }

        return contact;
    }

    private static string[]? ReadAddress(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            ?
            [
                .. value
                    .EnumerateArray()
                    .Select(part => part.ValueKind == JsonValueKind.String ? part.GetString()! : part.GetRawText()),
            ]
            : null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
