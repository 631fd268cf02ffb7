using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Sip.Transport;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads the section <c>tls</c>. The files are read once, so that a wrong one is told here and not when somebody connects.</summary>
internal static class TlsReader
{
    internal static TlsOptions? Read(
        YamlNode? node,
        string folder,
        IReadOnlyList<TrunkConfiguration> trunks,
        Mistakes mistakes
    )
    {
        if (node is null)
        {
            return null;
        }

        YamlMap map = YamlMap.From(node, "tls", "{ certificate: edge.pem, key: edge.key }", mistakes);
        string certificate = map.RequiredText("certificate", "edge.pem");
        string? key = map.Text("key", "edge.key");
        string? roots = map.Text("roots", "roots.pem");
        bool isByCertificate = trunks.Any(trunk => trunk.CertificateNames.Count > 0);
        ClientCertificate clients = map.Choice(
            "clients",
            isByCertificate ? ("optional", ClientCertificate.Optional) : ("none", ClientCertificate.None),
            ("none", ClientCertificate.None),
            ("optional", ClientCertificate.Optional),
            ("required", ClientCertificate.Required)
        );
        map.RefuseOthers("tls");
        if (clients == ClientCertificate.None && isByCertificate)
        {
            mistakes.Add(
                map.Get("clients")!,
                "a trunk is known by its certificate, but none is asked for",
                "clients: optional, or required"
            );
        }

        var options = new TlsOptions
        {
            CertificateFile = Path.GetFullPath(certificate, folder),
            KeyFile = key is null ? null : Path.GetFullPath(key, folder),
            RootsFile = roots is null ? null : Path.GetFullPath(roots, folder),
            Clients = clients,
        };
        return certificate.Length > 0 && CanBeUsed(options, map, mistakes) ? options : null;
    }

    private static bool CanBeUsed(TlsOptions options, YamlMap map, Mistakes mistakes)
    {
        bool isRead = Try(
            () => X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile).Dispose(),
            map.Get("certificate")!,
            "a PEM file with this host's certificate and then its intermediates, and its private key in key",
            mistakes
        );
        return isRead
            & (
                options.RootsFile is null
                || Try(
                    () => new X509Certificate2Collection().ImportFromPemFile(options.RootsFile),
                    map.Get("roots")!,
                    "a PEM file with the roots that certificates of others must lead to",
                    mistakes
                )
            );
    }

    private static bool Try(Action read, YamlNode node, string remedy, Mistakes mistakes)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            // The framework reads certificates by exceptions; the file is the operator's, so this is a mistake to tell.
            mistakes.Add(node, e.Message.TrimEnd('.'), remedy);
            return false;
        }
    }
}
