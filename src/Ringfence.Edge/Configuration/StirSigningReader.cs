using System.Security.Cryptography;
using Ringfence.Screening.Lists;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Claims;
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
            (string what, string remedy) = Explain(fault, chain, key);
            mistakes.Add(keyNode, what, remedy);
        }

        var attest = new Attested(map.Get("attest"), folder, lists, trunks, mistakes);
        var section = new StirSigningConfiguration
        {
            Keys = files,
            Own = attest.Own,
            Customers = attest.Customers,
            CustomerTrunks = attest.CustomerTrunks,
            Default = attest.Default,
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

    private static (string What, string Remedy) Explain(SigningKeyFault fault, string chain, string key) =>
        fault switch
        {
            SigningKeyFault.FileUnreadable => (
                $"{chain} or {key} cannot be read",
                "name files that can be read: chain: chain.pem, key: key.pem"
            ),
            SigningKeyFault.CertificateUnreadable => (
                $"{chain} holds no readable chain",
                "certificates in PEM, the signer first"
            ),
            SigningKeyFault.KeyUnreadable => (
                $"{key} holds no readable private key",
                "a P-256 key in PEM without a password"
            ),
            SigningKeyFault.KeyCurve => (
                $"the key in {key} is not of curve P-256",
                "ES256 needs one: openssl ecparam -name prime256v1 -genkey -noout"
            ),
            SigningKeyFault.KeyMismatch => (
                $"the first certificate of {chain} is of another key than {key}",
                "the signer's certificate first, and its own key"
            ),
            SigningKeyFault.KeyInCertificateFile => (
                $"{chain} holds a private key, and it is published",
                "certificates alone; and take a new key"
            ),
            SigningKeyFault.KeyFileOpen => ($"others than the owner may read {key}", $"chmod 600 {key}"),
            _ => ($"the certificate in {chain} has expired or is not yet valid", "a certificate that is valid now"),
        };

    /// <summary>Who gets which attestation: <c>attest: { A: own-numbers, B: customers, default: C }</c>.</summary>
    private sealed class Attested
    {
        private readonly string _folder;
        private readonly IReadOnlyList<ListConfiguration> _lists;
        private readonly Mistakes _mistakes;

        internal Attested(
            YamlNode? node,
            string folder,
            IReadOnlyList<ListConfiguration> lists,
            IReadOnlyList<TrunkConfiguration> trunks,
            Mistakes mistakes
        )
        {
            (_folder, _lists, _mistakes) = (folder, lists, mistakes);
            if (node is null)
            {
                return;
            }

            YamlMap map = YamlMap.From(node, "attest", "{ A: own-numbers.txt, default: C }", mistakes);
            if (map.Text("A", "own-numbers.txt") is { } own)
            {
                Own = Numbers(own, map.Get("A")!);
            }

            foreach ((string name, YamlNode at) in map.Texts("B", "customers"))
            {
                if (trunks.Any(trunk => trunk.Name == name))
                {
                    CustomerTrunks.Add(name);
                }
                else
                {
                    Customers = Customers is null ? Numbers(name, at) : Twice(at);
                }
            }

            Default = map.Choice(
                "default",
                ("C", Attestation.C),
                ("B", Attestation.B),
                ("A", Attestation.A),
                ("none", Attestation.None)
            );
            map.RefuseOthers("attest");
        }

        internal NumberList? Own { get; }

        internal NumberList? Customers { get; }

        internal HashSet<string> CustomerTrunks { get; } = new(StringComparer.Ordinal);

        internal Attestation Default { get; } = Attestation.C;

        /// <summary>A list by its name, else a file of numbers.</summary>
        private NumberList? Numbers(string name, YamlNode at)
        {
            if (_lists.FirstOrDefault(list => list.Name == name) is { } known)
            {
                return known.List;
            }

            try
            {
                using StreamReader text = File.OpenText(Path.GetFullPath(name, _folder));
                ListImport import = ListFile.Read(text);
                foreach (RejectedLine line in import.Rejected)
                {
                    _mistakes.Add(
                        new ConfigurationMistake(
                            name,
                            line.Line,
                            1,
                            $"\"{line.Text}\": {line.Fault}",
                            "a number, first..last or prefix*"
                        )
                    );
                }

                return import.List;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _mistakes.Add(
                    at,
                    $"\"{name}\" is neither a list nor a file of numbers: {e.Message}",
                    $"a name of lists: or a file with one number a line"
                );
                return null;
            }
        }

        private NumberList? Twice(YamlNode at)
        {
            _mistakes.Add(at, "B names two lists of numbers", "join them into one; trunks may be named besides it");
            return Customers;
        }
    }
}
