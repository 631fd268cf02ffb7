using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Ringfence.Edge;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;

namespace Ringfence.Demo;

/// <summary>The edge of the demonstration: its own ports, trunks by the port that a caller sends from, a block list of the callee.</summary>
internal static class DemoEdge
{
    /// <summary>The configuration, as an operator would write it.</summary>
    /// <param name="callers">Trunk mode and port of each caller.</param>
    /// <param name="callees">Number and port of each callee.</param>
    /// <param name="folder">Where the records go.</param>
    internal static string Yaml(
        IEnumerable<(string Mode, int Port)> callers,
        IEnumerable<(string Number, int Port)> callees,
        string folder
    )
    {
        StringBuilder yaml = new("listen: [ \"udp:127.0.0.1:0\" ]\ntrunks:\n");
        int number = 1;
        foreach ((string mode, int port) in callers)
        {
            yaml.Append(
                CultureInfo.InvariantCulture,
                $"  - {{ name: carrier-{number++}, from: [ \"127.0.0.1:{port}\" ], mode: {mode} }}\n"
            );
        }

        yaml.Append("routes:\n");
        foreach ((string callee, int port) in callees)
        {
            yaml.Append(
                CultureInfo.InvariantCulture,
                $"  - {{ match: \"{callee}\", to: [ \"sip:127.0.0.1:{port}\" ] }}\n"
            );
        }

        yaml.Append(
            """
            lists:
              - { name: blocked, numbers: [ "+33900*" ] }
            early-media: { ringback: fr }
            policy:
              - { name: block list, owner: user, when: { caller-in: blocked }, then: refuse 607, because: "blocked by the called party" }
              - { then: progress }

            """
        );
        yaml.Append(CultureInfo.InvariantCulture, $"storage: sqlite:{Path.Combine(folder, "demo.db")}\n");
        return yaml.ToString();
    }

    internal static EdgeHost Start(string yaml, string folder, ICallObserver observer, ILogger log)
    {
        ConfigurationResult read = ConfigurationReader.Read(yaml, "demo", folder);
        return EdgeHost.Start(
            read.Configuration ?? throw new InvalidOperationException(string.Join('\n', read.Mistakes)),
            log,
            observer
        );
    }
}
