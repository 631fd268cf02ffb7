using System.Net;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>
/// Reads the edge's YAML file. It goes on after a mistake, so that all of them are told at once, each with its line and what
/// would be right.
/// </summary>
public static partial class ConfigurationReader
{
    private const int MaxDepth = 24;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file as the user named it; relative paths within it start from its folder.</param>
    public static ConfigurationResult ReadFile(string path)
    {
        try
        {
            return Read(File.ReadAllText(path), path, Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ConfigurationResult(
                null,
                [new ConfigurationMistake(path, 1, 1, e.Message, "name a file that can be read")]
            );
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">What to call it in mistakes.</param>
    /// <param name="folder">Where relative paths start.</param>
    public static ConfigurationResult Read(string yaml, string file, string folder)
    {
        var mistakes = new Mistakes(file);
        if (Load(yaml, mistakes) is not { } root)
        {
            return new ConfigurationResult(null, mistakes.Found);
        }

        YamlMap map = YamlMap.From(root, "the file", "listen: [ \"udp:0.0.0.0:5060\" ]", mistakes);
        EdgeConfiguration configuration = ReadRoot(map, folder, mistakes);
        bool usable = mistakes.Found.All(mistake => mistake.IsWarning);
        return new ConfigurationResult(usable ? configuration : null, mistakes.Found);
    }

    /// <summary>The root of the document; null, with the mistake, where the text is no YAML or nested too deep to be built.</summary>
    private static YamlNode? Load(string yaml, Mistakes mistakes)
    {
        var parser = new Parser(new StringReader(yaml));
        try
        {
            for (int depth = 0; parser.MoveNext(); )
            {
                depth += parser.Current!.NestingIncrease;
                if (depth > MaxDepth)
                {
                    mistakes.Add(
                        parser.Current.Start,
                        $"lists and mappings are nested deeper than {MaxDepth}",
                        "nothing here needs that"
                    );
                    return null;
                }
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents.Count > 0 ? stream.Documents[0].RootNode : new YamlMappingNode();
        }
        catch (YamlException e)
        {
            mistakes.Add(e.Start, e.InnerException?.Message ?? e.Message, "correct the YAML here");
        }
        catch (InvalidOperationException)
        {
            // The library's own word for a text that ends within a list or mapping.
            mistakes.Add(
                parser.Current?.End ?? Mark.Empty,
                "the text ends within a list or mapping",
                "close it with ] or }"
            );
        }

        return null;
    }

    private static EdgeConfiguration ReadRoot(YamlMap map, string folder, Mistakes mistakes)
    {
        List<ListConfiguration> lists = ListReader.Read(map, folder, mistakes);
        List<TrunkConfiguration> trunks = ReadTrunks(map, mistakes);
        IReadOnlyList<RouteConfiguration> routes = LoginReader.Apply(map, folder, ReadRoutes(map, mistakes), mistakes);
        var configuration = new EdgeConfiguration
        {
            Listen = ListenReader.Read(map, folder, trunks, routes, mistakes),
            Advertise = ReadAdvertise(map, mistakes),
            Trunks = trunks,
            Routes = routes,
            Lists = lists,
            EarlyMedia = EarlyMediaReader.Read(map.Get("early-media"), folder, mistakes),
            Policy = PolicyReader.Read(map.Get("policy"), lists, trunks, mistakes),
            Stir = StirReader.Read(map.Get("stir"), folder, lists, trunks, mistakes),
            Redress = RedressReader.Read(map.Get("redress"), folder, mistakes),
            Unwanted = UnwantedReader.Read(map.Get("unwanted"), trunks, mistakes),
            Database = ReadStorage(map, folder, mistakes),
            WebPassword = WebPasswordReader.Read(map, folder, mistakes),
            Web = ReadWeb(map, mistakes),
            Lanes = ReadNumber(map, "lanes", 0, 0, 256, mistakes),
            Registrar = RegistrarReader.Read(map, folder, trunks, routes, mistakes),
            Dns = DnsReader.Read(map.Get("dns"), mistakes),
            RtpEngine = RtpEngineReader.Read(map.Get("rtpengine"), mistakes),
            Observe = ObserveReader.Read(map.Get("observe"), folder, mistakes),
            WebSocketOrigins = [.. map.Texts("origins", "https://phone.example.com").Select(origin => origin.Text)],
        };
        map.RefuseOthers("the configuration");
        return configuration;
    }

    private static IPAddress? ReadAdvertise(YamlMap map, Mistakes mistakes)
    {
        string? text = map.Text("advertise", "192.0.2.1");
        if (text is null)
        {
            return null;
        }

        if (!IPAddress.TryParse(text, out IPAddress? address))
        {
            mistakes.Add(map.Get("advertise")!, $"\"{text}\" is not an address", "for instance advertise: 192.0.2.1");
        }

        return address;
    }

    /// <summary>Pages show who calls whom: only loopback, unless a password is asked for.</summary>
    private static IPEndPoint? ReadWeb(YamlMap map, Mistakes mistakes)
    {
        string text = map.Text("web", "127.0.0.1:8080") ?? "127.0.0.1:8080";
        if (text == "off")
        {
            return null;
        }

        bool isSound =
            IPEndPoint.TryParse(text, out IPEndPoint? endPoint)
            && (IPAddress.IsLoopback(endPoint.Address) || map.Get("web-password") is not null);
        if (!isSound)
        {
            mistakes.Add(
                map.Get("web")!,
                $"web cannot be \"{text}\"",
                "an address of loopback and a port, for instance 127.0.0.1:8080, or off; others only with web-password: FILE"
            );
        }

        return endPoint;
    }

    private static string ReadStorage(YamlMap map, string folder, Mistakes mistakes)
    {
        const string scheme = "sqlite:";
        string text = map.Text("storage", "sqlite:ringfence-data/ringfence.db") ?? "sqlite:ringfence-data/ringfence.db";
        if (!text.StartsWith(scheme, StringComparison.Ordinal) || text.Length == scheme.Length)
        {
            mistakes.Add(
                map.Get("storage")!,
                $"storage cannot be \"{text}\"",
                "for instance sqlite:ringfence-data/ringfence.db"
            );
        }

        return Path.GetFullPath(text[Math.Min(text.Length, scheme.Length)..], folder);
    }

    internal static int ReadNumber(YamlMap map, string key, int otherwise, int least, int most, Mistakes mistakes)
    {
        string? text = map.Text(key, otherwise.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (text is null)
        {
            return otherwise;
        }

        if (int.TryParse(text, out int number) && number >= least && number <= most)
        {
            return number;
        }

        mistakes.Add(map.Get(key)!, $"{key} cannot be \"{text}\"", $"a number from {least} to {most}");
        return otherwise;
    }
}
