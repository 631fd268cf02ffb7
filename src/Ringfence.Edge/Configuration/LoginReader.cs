using Ringfence.Sip.Auth;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads <c>credentials</c>: who the edge is to which target. They go to that target only.</summary>
internal static class LoginReader
{
    internal static IReadOnlyList<RouteConfiguration> Apply(
        YamlMap root,
        string folder,
        IReadOnlyList<RouteConfiguration> routes,
        Mistakes mistakes
    )
    {
        Dictionary<string, DigestLogin> logins = new(StringComparer.Ordinal);
        foreach (YamlNode node in root.List("credentials"))
        {
            YamlMap map = YamlMap.From(
                node,
                "credentials",
                "{ for: \"sip:carrier.example\", realm: carrier.example, user: edge, secret: carrier.secret }",
                mistakes
            );
            string target = map.RequiredText("for", "\"sip:carrier.example\"");
            string realm = map.RequiredText("realm", "carrier.example");
            string user = map.RequiredText("user", "edge");
            string file = map.RequiredText("secret", "carrier.secret");
            map.RefuseOthers("credentials");
            if (target.Length > 0 && !routes.Any(route => route.Targets.Any(other => other.Uri == target)))
            {
                mistakes.Add(
                    map.Get("for")!,
                    $"no route leads to \"{target}\"",
                    "write the target just as the route has it"
                );
            }

            if (file.Length > 0 && ReadSecret(map, Path.GetFullPath(file, folder), realm, user, mistakes) is { } secret)
            {
                logins[target] = new DigestLogin(realm, user, secret);
            }
        }

        return
        [
            .. routes.Select(route =>
                route with
                {
                    Targets =
                    [
                        .. route.Targets.Select(target =>
                            logins.TryGetValue(target.Uri, out DigestLogin? login)
                                ? target with
                                {
                                    Login = login,
                                }
                                : target
                        ),
                    ],
                }
            ),
        ];
    }

    private static DigestSecret? ReadSecret(YamlMap map, string file, string realm, string user, Mistakes mistakes)
    {
        IReadOnlyDictionary<string, DigestSecret> secrets = SecretFile.Read(file, realm, map.Get("secret")!, mistakes);
        if (secrets.TryGetValue(user, out DigestSecret? secret))
        {
            return secret;
        }

        if (File.Exists(file))
        {
            mistakes.Add(
                map.Get("secret")!,
                $"the file has no line for user \"{user}\" of realm \"{realm}\"",
                $"a line {user}:{realm}:MD5:hash"
            );
        }

        return null;
    }
}
