using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads <c>publish</c> of <c>stir: sign:</c>: where the chain is served.</summary>
internal static class StirPublishReader
{
    private const string Example =
        "{ listen: \"0.0.0.0:8443\", certificate: web-chain.pem, key: web-key.pem }, or 127.0.0.1:8088 behind a proxy that speaks TLS";

    internal static StirPublishConfiguration? Read(YamlNode? node, string x5u, string folder, Mistakes mistakes)
    {
        if (node is null)
        {
            return null;
        }

        if (node is YamlScalarNode { Value: { Length: > 0 } text })
        {
            return Of(node, text, x5u, null, null, mistakes);
        }

        YamlMap map = YamlMap.From(node, "publish", Example, mistakes);
        string listen = map.RequiredText("listen", "\"0.0.0.0:8443\"");
        string? certificate = Full(map.Text("certificate", "web-chain.pem"), folder);
        string? key = Full(map.Text("key", "web-key.pem"), folder);
        map.RefuseOthers("publish");
        if (certificate is null != key is null)
        {
            mistakes.Add(node, "publish needs certificate and key, or neither", Example);
        }
        else if (certificate is not null)
        {
            CheckPair(map.Get("certificate")!, certificate, key!, mistakes);
        }

        return Of(node, listen, x5u, certificate, key, mistakes);
    }

    private static StirPublishConfiguration? Of(
        YamlNode node,
        string listen,
        string x5u,
        string? certificate,
        string? key,
        Mistakes mistakes
    )
    {
        if (!IPEndPoint.TryParse(listen, out IPEndPoint? endPoint) || endPoint.Port == 0)
        {
            mistakes.Add(node, $"\"{listen}\" is no address with its port", Example);
            return null;
        }

        if (certificate is null && !IPAddress.IsLoopback(endPoint.Address))
        {
            mistakes.Add(
                node,
                "a chain in the open needs https: verifiers fetch by nothing else (ATIS-1000074)",
                Example
            );
        }

        return new StirPublishConfiguration
        {
            Listen = endPoint,
            Path = Uri.TryCreate(x5u, UriKind.Absolute, out Uri? url) ? url.AbsolutePath : "/",
            Certificate = certificate,
            Key = key,
        };
    }

    private static void CheckPair(YamlNode node, string certificate, string key, Mistakes mistakes)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            mistakes.Add(node, $"{certificate} with {key}: {e.Message}", "a chain in PEM, and the key of its first");
        }
    }

    private static string? Full(string? file, string folder) => file is null ? null : Path.GetFullPath(file, folder);
}
