using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Ringfence.Diagnosis.Identities;

/// <summary>The signature of a contact card: a JWS of ES256 whose header names its certificate by x5u (RFC 8688 §3.2.2).</summary>
internal static class CardSignature
{
    /// <summary>Checks a card as of a time. Only a chain that is named as the x5u ends counts: the card has another signer than the call.</summary>
    public static CardCheck Check(string card, OfflineCertificates certificates, DateTimeOffset now)
    {
        var parts = card.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[0]) || !Base64Url.IsValid(parts[2]))
        {
            return CardCheck.NotChecked;
        }

        var (algorithm, url) = Header(Base64Url.DecodeFromChars(parts[0]));
        if (url.Length == 0 || certificates.Named(url) is not { } path)
        {
            return CardCheck.NotChecked;
        }

        var signed = Encoding.ASCII.GetBytes(card[..card.LastIndexOf('.')]);
        return algorithm != "ES256" || !path.Leaf.Verify(signed, Base64Url.DecodeFromChars(parts[2]))
                ? CardCheck.WrongSignature
            : path.Fault != Stir.Verification.Fault.None || now < path.NotBefore || now > path.NotAfter
                ? CardCheck.WrongCertificate
            : CardCheck.Holds;
    }

    private static (string Algorithm, string Url) Header(byte[] json)
    {
        try
        {
            using var header = JsonDocument.Parse(json);
            return (Text(header.RootElement, "alg"), Text(header.RootElement, "x5u"));
        }
        catch (JsonException)
        {
            // The framework tells text that is no JSON this way only.
            return ("", "");
        }
    }

    private static string Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
        && parent.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
