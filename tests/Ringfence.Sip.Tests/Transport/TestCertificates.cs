using System.Formats.Asn1;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>A certificate authority of one test, and the files of the certificates that it gives.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-tls");
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public TestCertificates()
    {
        var request = new CertificateRequest("CN=Test Root", _rootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(Now.AddYears(-3), Now.AddYears(3));
        File.WriteAllText(RootsFile, _root.ExportCertificatePem());
    }

    public string RootsFile => Path.Combine(_folder.FullName, "roots.pem");

    /// <summary>TLS options with a certificate for these names, as "DNS:a", "URI:sip:a", "IP:127.0.0.1".</summary>
    public TlsOptions For(params string[] names) => Write(Issue(names));

    public TlsOptions Write(X509Certificate2 certificate, string file = "own")
    {
        string path = Path.Combine(_folder.FullName, $"{file}-{certificate.SerialNumber}.pem");
        WriteTo(path, certificate);
        return new TlsOptions { CertificateFile = path, RootsFile = RootsFile };
    }

    public static void WriteTo(string path, X509Certificate2 certificate) =>
        File.WriteAllText(
            path,
            certificate.ExportCertificatePem() + "\n" + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()
        );

    public X509Certificate2 Issue(params string[] names) => Issue(names, isExpired: false, isSelfSigned: false);

    public X509Certificate2 Issue(string[] names, bool isExpired, bool isSelfSigned)
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=pbx.example.com", key, HashAlgorithmName.SHA256);
        if (names.Length > 0)
        {
            request.CertificateExtensions.Add(new X509Extension("2.5.29.17", AltNames(names), false));
        }

        DateTimeOffset from = Now.AddYears(-2);
        DateTimeOffset to = isExpired ? Now.AddDays(-1) : Now.AddYears(1);
        if (isSelfSigned)
        {
            return request.CreateSelfSigned(from, to);
        }

        using X509Certificate2 bare = request.Create(_root, from, to, RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }

    /// <summary>The certificate as SslStream wants it on every system.</summary>
    public static SslStreamCertificateContext Context(X509Certificate2 certificate) =>
        SslStreamCertificateContext.Create(certificate, null, offline: true);

    public void Dispose()
    {
        _root.Dispose();
        _rootKey.Dispose();
        _folder.Delete(recursive: true);
    }

    private static byte[] AltNames(string[] names)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (string name in names)
            {
                string value = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
                (int tag, byte[] bytes) = name[..3] switch
                {
                    "DNS" => (2, Encoding.ASCII.GetBytes(value)),
                    "URI" => (6, Encoding.ASCII.GetBytes(value)),
                    _ => (7, System.Net.IPAddress.Parse(value).GetAddressBytes()),
                };
                writer.WriteOctetString(bytes, new Asn1Tag(TagClass.ContextSpecific, tag));
            }
        }

        return writer.Encode();
    }
}
