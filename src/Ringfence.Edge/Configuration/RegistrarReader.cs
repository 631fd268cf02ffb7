using Ringfence.Sip.Auth;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads the section <c>registrar</c>, and checks what trunks and routes want of it.</summary>
internal static class RegistrarReader
{
    private const string Example = "{ domains: [ example.com ], users: users.txt }";

    internal static RegistrarConfiguration? Read(
        YamlMap root,
        string folder,
        IEnumerable<TrunkConfiguration> trunks,
        IEnumerable<RouteConfiguration> routes,
        Mistakes mistakes
    )
    {
        if (root.Get("registrar") is { } node)
        {
            return Read(YamlMap.From(node, "registrar", Example, mistakes), folder, mistakes);
        }

        if (trunks.FirstOrDefault(trunk => trunk.Authenticate != AuthenticateMode.No) is { } trunk)
        {
            mistakes.Add(
                root.Get("trunks")!,
                $"trunk \"{trunk.Name}\" has to authenticate, but there are no users",
                $"add registrar: {Example}"
            );
        }

        if (routes.Any(route => route.Targets.Any(target => target.IsRegistered)))
        {
            mistakes.Add(
                root.Get("routes")!,
                "a route leads to registered users, but nobody can register",
                $"add registrar: {Example}"
            );
        }

        return null;
    }

    private static RegistrarConfiguration Read(YamlMap map, string folder, Mistakes mistakes)
    {
        List<string> domains = [];
        foreach ((string text, YamlNode node) in map.Texts("domains", "example.com"))
        {
            if (Uri.CheckHostName(text.Trim('[', ']')) == UriHostNameType.Unknown)
            {
                mistakes.Add(node, $"\"{text}\" is not a host name or address", "for instance example.com");
            }

            domains.Add(text.ToLowerInvariant());
        }

        if (domains.Count == 0)
        {
            mistakes.Add(map.Node, "domains is missing", "the domains of the users: domains: [ example.com ]");
        }

        string realm = map.Text("realm", "example.com") ?? domains.FirstOrDefault("");
        if (realm.Any(c => c is '"' or '\\' or ':' || char.IsControl(c)))
        {
            mistakes.Add(map.Get("realm") ?? map.Node, $"realm cannot be \"{realm}\"", "for instance example.com");
            realm = "invalid";
        }

        string users = map.RequiredText("users", "users.txt");
        var configuration = new RegistrarConfiguration
        {
            Domains = domains,
            Realm = realm,
            Users =
                users.Length == 0
                    ? new Dictionary<string, DigestSecret>()
                    : SecretFile.Read(Path.GetFullPath(users, folder), realm, map.Get("users")!, mistakes),
            Algorithms = ReadAlgorithms(map, mistakes),
            OffersIntegrity = map.Flag("integrity", otherwise: false),
            MinExpires = ConfigurationReader.ReadNumber(map, "min-expires", 60, 1, 3600, mistakes),
            MaxExpires = ConfigurationReader.ReadNumber(map, "max-expires", 3600, 60, 604_800, mistakes),
        };
        map.RefuseOthers("registrar");
        return configuration;
    }

    private static List<DigestAlgorithm> ReadAlgorithms(YamlMap map, Mistakes mistakes)
    {
        List<DigestAlgorithm> algorithms = [];
        foreach ((string text, YamlNode node) in map.Texts("algorithms", "SHA-256"))
        {
            if (SecretFile.AlgorithmOf(text) is { } algorithm)
            {
                algorithms.Add(algorithm);
            }
            else
            {
                mistakes.Add(node, $"\"{text}\" is no digest algorithm", "SHA-256, SHA-512-256 or MD5");
            }
        }

        return algorithms.Count > 0 ? algorithms : [DigestAlgorithm.Sha256, DigestAlgorithm.Md5];
    }
}
