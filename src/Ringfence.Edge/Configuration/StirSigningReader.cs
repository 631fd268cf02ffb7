using System.Security.Cryptography;
using Ringfence.Stir.Authentication;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads <c>sign</c> of the section <c>stir</c>: the key, and what is said of whom.</summary>
internal static class StirSigningReader
{
    private static readonly byte[] OrigIdLabel = "ringfence origid"u8.ToArray();

    internal static StirSigningConfiguration? Read(
        YamlNode? node,
        string folder,
        IReadOnlyList<ListConfiguration> lists,
        IReadOnlyList<TrunkConfiguration> trunks,
        Mistakes mistakes
    )
    {
        if (node is null)
        {
            return null;
        }

        YamlMap map = YamlMap.From(
            node,
            "sign",
            "{ certificate: https://cert.example/chain.pem, key: key.pem }",
            mistakes
        );
        string x5u = ReadX5u(map, mistakes);
        string key = Path.GetFullPath(map.RequiredText("key", "key.pem"), folder);
        string chain = Path.GetFullPath(
            map.Text("chain", "chain.pem") ?? Path.Combine(Path.GetDirectoryName(key) ?? folder, "chain.pem"),
            folder
        );
        var files = new SigningKeyFiles(chain, key, x5u, TimeProvider.System);
        if (map.Get("key") is { } keyNode && files.Reload() is var fault and not SigningKeyFault.None)
        {
            (string what, string remedy) = SigningKeyRemedy.Of(fault, chain, key);
            mistakes.Add(keyNode, what, remedy);
        }

        var attest = new StirAttestReader(folder, lists, trunks, mistakes);
        attest.Read(map.Get("attest"));
        var section = new StirSigningConfiguration
        {
            Keys = files,
            Own = attest.Own,
            Customers = attest.Customers,
            CustomerTrunks = attest.CustomerTrunks,
            Default = attest.Default,
            Named = attest.ReadCustomers(map),
            Publish = StirPublishReader.Read(map.Get("publish"), x5u, folder, mistakes),
            Trunks = ReadTrunks(map, trunks, mistakes),
            QuotaPerMinute = ConfigurationReader.ReadNumber(map, "quota-per-minute", 0, 0, 1_000_000, mistakes),
            OrigId = map.Choice(
                "origid",
                ("call", OrigIdPolicy.PerCall),
                ("customer", OrigIdPolicy.PerCustomer),
                ("trunk", OrigIdPolicy.PerTrunk)
            ),
            OrigIdSecret = files.Current is null
                ? new byte[SHA256.HashSizeInBytes]
                : HMACSHA256.HashData(File.ReadAllBytes(key), OrigIdLabel),
        };
        map.RefuseOthers("sign");
        return section;
    }

    private static string ReadX5u(YamlMap map, Mistakes mistakes)
    {
        string text = map.RequiredText("certificate", "https://cert.example/chain.pem");
        bool isSound =
            Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
            && url.Scheme is "https" or "http"
            && url is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 };
        if (text.Length > 0 && !isSound)
        {
            mistakes.Add(
                map.Get("certificate")!,
                $"certificate cannot be \"{text}\"",
                "the address at which verifiers find the chain, for instance https://cert.example/chain.pem"
            );
        }

        return text;
    }

    private static HashSet<string> ReadTrunks(YamlMap map, IReadOnlyList<TrunkConfiguration> trunks, Mistakes mistakes)
    {
        HashSet<string> names = [.. trunks.Select(trunk => trunk.Name)];
        if (map.Get("trunks") is null)
        {
            return names;
        }

        HashSet<string> chosen = new(StringComparer.Ordinal);
        foreach ((string name, YamlNode at) in map.Texts("trunks", "pbx"))
        {
            if (!names.Contains(name))
            {
                mistakes.Add(at, $"there is no trunk \"{name}\"", $"one of {string.Join(", ", names.Order())}");
            }

            chosen.Add(name);
        }

        return chosen;
    }
}
