using System.Buffers.Text;
using System.Text;

namespace Ringfence.Diagnosis.Identities;

/// <summary>The signature of a contact card: a JWS of ES256 whose header names its certificate by x5u (RFC 8688 §3.2.2).</summary>
internal static class CardSignature
{
    /// <summary>Checks a card as of a time. Only a chain that is named as the x5u ends counts: the card has another signer than the call.</summary>
    public static CardCheck Check(string card, OfflineCertificates certificates, DateTimeOffset now)
    {
        var parts = card.Split('.');
        using var header = parts.Length == 3 && Base64Url.IsValid(parts[2]) ? TokenJson.Parse(parts[0]) : null;
        if (header is null)
        {
            return CardCheck.NotChecked;
        }

        var algorithm = TokenJson.Text(header.RootElement, "alg");
        var url = TokenJson.Text(header.RootElement, "x5u");
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
}
