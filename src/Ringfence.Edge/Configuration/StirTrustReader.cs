using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Stir.Certificates;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads of the section <c>stir</c> whom is trusted: roots, the administrator's list, revocation lists.</summary>
internal static class StirTrustReader
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    internal static X509Certificate2Collection ReadRoots(YamlMap map, string folder, Mistakes mistakes)
    {
        if (map.Get("trust") is null && map.Get("trust-list") is null)
        {
            mistakes.Add(
                map.Node,
                "trust is missing: nobody's signature would hold",
                "the roots of the STI-PA, for instance trust: sti-pa.pem"
            );
        }

        return ReadCertificates(map, "trust", "sti-pa.pem", folder, mistakes);
    }

    internal static StirTrustListConfiguration? ReadList(YamlMap map, string folder, Mistakes mistakes)
    {
        if (map.Get("trust-list") is not { } node)
        {
            return null;
        }

        YamlMap list = YamlMap.From(
            node,
            "trust-list",
            "{ url: https://sti-pa.example/list, administrator: sti-pa-signer.pem }",
            mistakes
        );
        if (map.Get("cache") is null)
        {
            mistakes.Add(
                node,
                "trust-list needs a folder that keeps it: a restart would open a way back to an older list",
                "for instance cache: stir-cache beside trust-list"
            );
        }

        list.RequiredText("url", "https://sti-pa.example/list");
        List<Uri> urls = ReadUrls(list, "url", mistakes);
        X509Certificate2Collection signers = ReadCertificates(
            list,
            "administrator",
            "sti-pa-signer.pem",
            folder,
            mistakes
        );
        if (list.Get("administrator") is null)
        {
            mistakes.Add(
                node,
                "administrator is missing: anyone could sign the list",
                "the certificate of its signer, for instance administrator: sti-pa-signer.pem"
            );
        }

        TimeSpan refresh = YamlDuration.Read(list, "refresh", Hour, Longest, mistakes);
        list.RefuseOthers("trust-list");
        return urls.Count == 0 || signers.Count == 0
            ? null
            : new StirTrustListConfiguration
            {
                Url = urls[0],
                Administrator = signers[0],
                Refresh = refresh,
            };
    }

    internal static StirRevocationConfiguration? ReadRevocation(YamlMap map, string folder, Mistakes mistakes)
    {
        if (map.Get("crl") is not { } node)
        {
            return null;
        }

        YamlMap crl = YamlMap.From(
            node,
            "crl",
            "{ url: https://sti-pa.example/crl, issuer: crl-issuer.pem }",
            mistakes
        );
        foreach (string key in (string[])["url", "issuer"])
        {
            if (crl.Get(key) is null)
            {
                mistakes.Add(node, $"{key} is missing", "{ url: https://sti-pa.example/crl, issuer: crl-issuer.pem }");
            }
        }

        var revocation = new StirRevocationConfiguration
        {
            Urls = ReadUrls(crl, "url", mistakes),
            Issuers = [.. ReadCertificates(crl, "issuer", "crl-issuer.pem", folder, mistakes)],
            Policy = crl.Choice(
                "missing",
                ("accept", RevocationPolicy.WhenKnown),
                ("refuse", RevocationPolicy.Required)
            ),
            Refresh = YamlDuration.Read(crl, "refresh", Hour, Longest, mistakes),
            Grace = YamlDuration.Read(crl, "grace", Day, Longest, mistakes),
        };
        crl.RefuseOthers("crl");
        return revocation;
    }

    private static List<Uri> ReadUrls(YamlMap map, string key, Mistakes mistakes)
    {
        List<Uri> urls = [];
        foreach ((string text, YamlNode node) in map.Texts(key, "https://sti-pa.example/crl"))
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "https" or "http")
            {
                urls.Add(url!);
            }
            else
            {
                mistakes.Add(node, $"{key} cannot be \"{text}\"", "for instance https://sti-pa.example/crl");
            }
        }

        return urls;
    }

    private static X509Certificate2Collection ReadCertificates(
        YamlMap map,
        string key,
        string example,
        string folder,
        Mistakes mistakes
    )
    {
        X509Certificate2Collection certificates = [];
        foreach ((string file, YamlNode node) in map.Texts(key, example))
        {
            int before = certificates.Count;
            try
            {
                certificates.ImportFromPemFile(Path.GetFullPath(file, folder));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
            {
                mistakes.Add(node, e.Message, $"name a file with certificates in PEM: {key}: {example}");
                continue;
            }

            if (certificates.Count == before)
            {
                mistakes.Add(node, $"{file} holds no certificate", "PEM: -----BEGIN CERTIFICATE-----");
            }
        }

        return certificates;
    }
}
