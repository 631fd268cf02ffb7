using System.Text.Json;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Commands;

/// <summary>A chain as JSON, for scripts.</summary>
internal static class CertificateJson
{
    /// <summary>Writes it to standard output.</summary>
    /// <param name="chain">Signer first.</param>
    /// <param name="path">Whether it leads to a trusted root; null when that was not asked.</param>
    /// <param name="now">Now.</param>
    internal static void Write(IReadOnlyList<StirCertificate> chain, Fault? path, DateTimeOffset now)
    {
        using Stream output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("chain");
            for (int at = 0; at < chain.Count; at++)
            {
                Write(writer, chain[at], isSigner: at == 0, now);
            }

            writer.WriteEndArray();
            if (path is { } fault)
            {
                writer.WriteBoolean("trusted", fault == Fault.None);
                writer.WriteString("path", fault.ToString());
            }

            writer.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter writer, StirCertificate certificate, bool isSigner, DateTimeOffset now)
    {
        writer.WriteStartObject();
        writer.WriteString("subject", certificate.Certificate.Subject);
        writer.WriteString("issuer", certificate.Certificate.Issuer);
        writer.WriteString("serial", certificate.Certificate.SerialNumber);
        writer.WriteString("notBefore", certificate.NotBefore);
        writer.WriteString("notAfter", certificate.NotAfter);
        writer.WriteBoolean("valid", now >= certificate.NotBefore && now <= certificate.NotAfter);
        if (isSigner)
        {
            WriteAuthority(writer, certificate);
        }

        writer.WriteEndObject();
    }

    private static void WriteAuthority(Utf8JsonWriter writer, StirCertificate certificate)
    {
        writer.WriteStartArray("codes");
        foreach (string code in certificate.TnAuthList?.ServiceProviderCodes ?? [])
        {
            writer.WriteStringValue(code);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("numbers");
        foreach (TelephoneNumberRange range in certificate.TnAuthList?.Numbers ?? [])
        {
            writer.WriteStartObject();
            writer.WriteString("start", range.Start);
            writer.WriteNumber("count", range.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("crl", certificate.RevocationListUrl);
        writer.WriteBoolean("constrained", certificate.Constraints is not null);
        writer.WriteStartArray("departures");
        foreach (ProfilePoint point in certificate.Departures)
        {
            writer.WriteStringValue(point.ToString());
        }

        writer.WriteEndArray();
    }
}
