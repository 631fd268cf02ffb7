using System.Net;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Trunks and routes.</summary>
public static partial class ConfigurationReader
{
    private static List<TrunkConfiguration> ReadTrunks(YamlMap map, Mistakes mistakes)
    {
        List<TrunkConfiguration> trunks = [];
        foreach (YamlNode node in map.List("trunks"))
        {
            YamlMap trunk = YamlMap.From(
                node,
                "a trunk",
                "{ name: carrier-a, from: [ 192.0.2.0/24 ], mode: proxy }",
                mistakes
            );
            string name = trunk.RequiredText("name", "carrier-a");
            if (name.Length > 0 && trunks.Any(other => other.Name == name))
            {
                mistakes.Add(node, $"trunk \"{name}\" is there twice", "give each trunk its own name");
            }

            trunks.Add(
                new TrunkConfiguration
                {
                    Name = name,
                    From = ReadSources(trunk, mistakes),
                    Mode = trunk.Choice(
                        "mode",
                        ("proxy", TrunkMode.Proxy),
                        ("gate", TrunkMode.Gate),
                        ("redirect", TrunkMode.Redirect)
                    ),
                    CallsPerSecond = ReadRate(trunk, mistakes),
                    Wants603Plus = trunk.Choice("network-blocked", ("608", false), ("603+", true)),
                    Ringback = EarlyMediaReader.ReadCountry(trunk, "ringback", mistakes),
                    CertificateNames = ReadNames(trunk, mistakes),
                    Authenticate = trunk.Choice(
                        "authenticate",
                        ("no", AuthenticateMode.No),
                        ("users", AuthenticateMode.Users),
                        ("trunk", AuthenticateMode.Trunk)
                    ),
                    TreatGlobalAsBusy = trunk.Flag("treat-6xx-as-busy", otherwise: false),
                    Call = TrunkCallReader.Read(trunk, mistakes),
                    Early = EarlyMediaTrunkReader.Read(trunk, mistakes),
                    Media = RtpEngineReader.ReadMedia(map, trunk, mistakes),
                    Srtp = trunk.Choice(
                        "srtp",
                        ("no", MediaSecurity.None),
                        ("offer", MediaSecurity.Offered),
                        ("require", MediaSecurity.Required)
                    ),
                    MediaWhenAway = RtpEngineReader.ReadWhenAway(trunk),
                }
            );
            trunk.RefuseOthers("a trunk");
        }

        if (trunks.Count == 0 && map.Get("trunks") is null)
        {
            trunks.Add(
                new TrunkConfiguration
                {
                    Name = "local",
                    From = [new(IPNetwork.Parse("127.0.0.0/8"), 0), new(IPNetwork.Parse("::1/128"), 0)],
                }
            );
        }

        return trunks;
    }

    private static List<TrunkSource> ReadSources(YamlMap trunk, Mistakes mistakes)
    {
        List<TrunkSource> sources = [];
        foreach ((string text, YamlNode node) in trunk.Texts("from", "192.0.2.0/24"))
        {
            if (TrunkSource.TryParse(text, out TrunkSource source))
            {
                sources.Add(source);
            }
            else
            {
                mistakes.Add(
                    node,
                    $"\"{text}\" is not an address or network",
                    "for instance 192.0.2.0/24, 192.0.2.1 or 192.0.2.1:5060"
                );
            }
        }

        if (sources.Count == 0 && trunk.Get("from") is null && trunk.Get("certificate") is null)
        {
            mistakes.Add(
                trunk.Node,
                "from is missing",
                "the networks that this trunk's calls come from: from: [ 192.0.2.0/24 ]"
            );
        }

        return sources;
    }

    /// <summary>The domains of which a trunk's certificate has to name one.</summary>
    private static List<string> ReadNames(YamlMap trunk, Mistakes mistakes)
    {
        List<string> names = [];
        foreach ((string text, YamlNode node) in trunk.Texts("certificate", "carrier-a.example"))
        {
            if (Uri.CheckHostName(text) == UriHostNameType.Dns)
            {
                names.Add(text);
            }
            else
            {
                mistakes.Add(
                    node,
                    $"\"{text}\" is not a domain",
                    "the SIP domain that the trunk's certificate names, whole: carrier-a.example"
                );
            }
        }

        return names;
    }

    /// <summary>A rate: 50/s.</summary>
    private static int ReadRate(YamlMap trunk, Mistakes mistakes)
    {
        string? text = trunk.Text("rate", "50/s");
        if (text is null)
        {
            return 0;
        }

        if (text.EndsWith("/s", StringComparison.Ordinal) && int.TryParse(text[..^2], out int rate) && rate > 0)
        {
            return rate;
        }

        mistakes.Add(trunk.Get("rate")!, $"rate cannot be \"{text}\"", "new calls per second: rate: 50/s");
        return 0;
    }

    private static List<RouteConfiguration> ReadRoutes(YamlMap map, Mistakes mistakes)
    {
        List<RouteConfiguration> routes = [];
        foreach (YamlNode node in map.List("routes"))
        {
            YamlMap route = YamlMap.From(
                node,
                "a route",
                "{ match: \"+33*\", to: [ \"sip:pbx1.example:5060\" ] }",
                mistakes
            );
            string match = route.RequiredText("match", "\"+33*\"");
            int star = match.IndexOf('*', StringComparison.Ordinal);
            if (star >= 0 && star != match.Length - 1)
            {
                mistakes.Add(
                    route.Get("match")!,
                    $"\"{match}\" has its * in the middle",
                    "a prefix ends in *, for instance \"+33*\""
                );
            }

            List<TargetConfiguration> targets =
            [
                .. route
                    .Texts("to", "\"sip:pbx1.example:5060\"")
                    .Select(to => TargetReader.Read(to.Text, to.Node, mistakes))
                    .OfType<TargetConfiguration>(),
            ];
            if (route.Get("to") is null)
            {
                mistakes.Add(node, "to is missing", "where these calls go: to: [ \"sip:pbx1.example:5060\" ]");
            }

            routes.Add(
                new RouteConfiguration(
                    match,
                    targets,
                    route.Choice("fork", ("sequential", ForkMode.Sequential), ("parallel", ForkMode.Parallel))
                )
                {
                    FollowsRedirections = route.Choice("redirections", ("pass", false), ("follow", true)),
                }
            );
            route.RefuseOthers("a route");
        }

        return routes;
    }
}
