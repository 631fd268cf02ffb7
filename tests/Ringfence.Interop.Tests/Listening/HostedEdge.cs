using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Edge;
using Ringfence.Edge.Configuration;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Sip.Transport;

namespace Ringfence.Interop.Tests.Listening;

/// <summary>An edge in this process, by a configuration file of its own, on ports that the system gives.</summary>
internal sealed class HostedEdge : IAsyncDisposable
{
    private HostedEdge(EdgeHost host) => Host = host;

    internal EdgeHost Host { get; }

    internal int PortOf(TransportKind kind) => Host.Listening.First(address => address.Kind == kind).EndPoint.Port;

    internal static HostedEdge Start(TestFolder folder, string yaml) =>
        new(EdgeHost.Start(Read(folder, yaml), NullLogger.Instance));

    internal static EdgeConfiguration Read(TestFolder folder, string yaml)
    {
        ConfigurationResult read = ConfigurationReader.Read(
            $"web: off\nstorage: sqlite:edge.db\n{yaml}",
            "edge.yaml",
            folder.Path
        );
        read.Mistakes.ShouldBeEmpty();
        return read.Configuration!;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
