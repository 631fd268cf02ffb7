using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ringfence.Screening.Refusal;

/// <summary>The signed jCard that a 608's Call-Info leads to (RFC 8688 §3.2, RFC 7095), as a compact JWS.</summary>
/// <remarks>
/// It is made when it is fetched and the same for any token, known or guessed: its address answers, and tells nothing about
/// any call (RFC 8688 §6).
/// </remarks>
public static class SignedJCard
{
    /// <summary>The media type of the answer.</summary>
    public const string MediaType = "application/jose";

    /// <summary>Signs the contact with ES256.</summary>
    /// <param name="contact">Whom to contact; it must be reachable.</param>
    /// <param name="why">The page that explains the call whose card this is, put in place of the contact's own page; or null.</param>
    /// <param name="issuedAt">The time of issue; a UAC takes it for about a minute (RFC 8688 §3.3).</param>
    /// <param name="key">A P-256 key.</param>
    /// <param name="certificate">Where the key's certificate is published (x5u).</param>
    /// <exception cref="ArgumentException">Nobody can be reached by the contact, or the key is not on P-256.</exception>
    public static string Issue(RedressContact contact, Uri? why, DateTimeOffset issuedAt, ECDsa key, Uri certificate)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(certificate);
        if (!contact.IsReachable && why is null)
        {
            throw new ArgumentException("A jCard has at least one of url, email, tel and adr.", nameof(contact));
        }

        if (key.KeySize != 256)
        {
            throw new ArgumentException("ES256 takes a P-256 key.", nameof(key));
        }

        var header = Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("alg", "ES256");
            json.WriteString("typ", "vcard+json");
            json.WriteString("x5u", certificate.AbsoluteUri);
            json.WriteEndObject();
        });
        var payload = Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("iat", issuedAt.ToUnixTimeSeconds());
            json.WritePropertyName("jcard");
            WriteCard(json, contact, why);
            json.WriteEndObject();
        });
        var signingInput = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        var signature = key.SignData(
            Encoding.ASCII.GetBytes(signingInput),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );
        return $"{signingInput}.{Base64Url.EncodeToString(signature)}";
    }

    private static void WriteCard(Utf8JsonWriter json, RedressContact contact, Uri? why)
    {
        // "version" comes first (RFC 7095 §3.3.1.1); each property is name, parameters, type, value (§3.3).
        json.WriteStartArray();
        json.WriteStringValue("vcard");
        json.WriteStartArray();
        Property(json, "version", "text", "4.0", isOfWork: false);
        Property(json, "fn", "text", contact.Name, isOfWork: false);
        Property(json, "url", "uri", (why ?? contact.Url)?.AbsoluteUri);
        Property(json, "email", "text", contact.Email);
        Property(json, "tel", "uri", contact.Tel is null ? null : $"tel:{contact.Tel}");
        if (contact.Address is { } address)
        {
            json.WriteStartArray();
            json.WriteStringValue("adr");
            Parameters(json, isOfWork: true);
            json.WriteStringValue("text");
            json.WriteStartArray();
            foreach (var part in address)
            {
                json.WriteStringValue(part);
            }

            json.WriteEndArray();
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndArray();
    }

    private static void Property(Utf8JsonWriter json, string name, string type, string? value, bool isOfWork = true)
    {
        if (value is not null)
        {
            json.WriteStartArray();
            json.WriteStringValue(name);
            Parameters(json, isOfWork);
            json.WriteStringValue(type);
            json.WriteStringValue(value);
            json.WriteEndArray();
        }
    }

    private static void Parameters(Utf8JsonWriter json, bool isOfWork)
    {
        json.WriteStartObject();
        if (isOfWork)
        {
            json.WriteString("type", "work");
        }

        json.WriteEndObject();
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            write(json);
        }

        return bytes.ToArray();
    }
}
