using System.Net;

namespace Ringfence.Sip.Resolve;

/// <summary>The nameserver lines of resolv.conf(5).</summary>
internal static class ResolvConf
{
    private const int DnsPort = 53;
    private const int MostServers = 3;

    internal static IReadOnlyList<IPEndPoint> Read(string path) =>
        Parse(File.Exists(path) ? File.ReadAllLines(path) : []);

    internal static IReadOnlyList<IPEndPoint> Parse(IEnumerable<string> lines)
    {
        var servers = new List<IPEndPoint>();
        foreach (string line in lines)
        {
            string[] words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            bool isServer = words.Length > 1 && words[0] == "nameserver" && servers.Count < MostServers;
            if (isServer && IPAddress.TryParse(words[1], out IPAddress? address))
            {
                servers.Add(new IPEndPoint(address, DnsPort));
            }
        }

        return servers.Count > 0 ? servers : [new IPEndPoint(IPAddress.Loopback, DnsPort)];
    }
}
