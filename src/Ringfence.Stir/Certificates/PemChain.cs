using System.Security.Cryptography;
using System.Text;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Certificates;

/// <summary>Reads what lies behind an "x5u": certificates in PEM, signer first (RFC 9060 §7), or one certificate in DER.</summary>
public static class PemChain
{
    /// <summary>Certificates in one chain: signer, delegates, issuers, root.</summary>
    public const int MaximumLength = 8;

    /// <summary>Reads a chain.</summary>
    /// <param name="content">The octets fetched.</param>
    /// <param name="chain">The certificates in their order, when the result is <see cref="Fault.None"/>.</param>
    public static Fault Read(ReadOnlySpan<byte> content, out IReadOnlyList<StirCertificate> chain)
    {
        chain = [];
        var read = new List<StirCertificate>();
        if (content is [0x30, 0x82, ..])
        {
            return Add(content, read, ref chain);
        }

        while (PemEncoding.TryFindUtf8(content, out PemFields fields))
        {
            ReadOnlySpan<byte> block = content;
            content = content[fields.Location.End..];
            if (!block[fields.Label].SequenceEqual("CERTIFICATE"u8))
            {
                continue;
            }

            var der = new byte[fields.DecodedDataLength];
            Fault fault =
                read.Count == MaximumLength ? Fault.PathTooLong
                : Convert.TryFromBase64String(Encoding.ASCII.GetString(block[fields.Base64Data]), der, out _)
                    ? Add(der, read, ref chain)
                : Fault.CertificateMalformed;
            if (fault != Fault.None)
            {
                return fault;
            }
        }

        return read.Count == 0 ? Fault.FetchContent : Fault.None;
    }

    /// <summary>Writes certificates as PEM in their order.</summary>
    /// <param name="chain">Signer first.</param>
    public static string Write(IEnumerable<StirCertificate> chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return string.Concat(chain.Select(certificate => certificate.Certificate.ExportCertificatePem() + "\n"));
    }

    private static Fault Add(
        ReadOnlySpan<byte> der,
        List<StirCertificate> read,
        ref IReadOnlyList<StirCertificate> chain
    )
    {
        if (!StirCertificate.TryRead(der, out StirCertificate? certificate))
        {
            return Fault.CertificateMalformed;
        }

        read.Add(certificate!);
        chain = read;
        return Fault.None;
    }
}
