using System.Net;

namespace Ringfence.Stir.Fetching;

/// <summary>Limits of fetching certificates from where callers say that they lie.</summary>
public sealed record FetchOptions
{
    /// <summary>"host:port" pairs that may be asked whatever their address, port and scheme: for tests and private trusts.</summary>
    public IReadOnlySet<string> TestHosts { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Octets of an answer.</summary>
    public int MaximumBytes { get; init; } = 65_536;

    /// <summary>From the name's resolution to the last octet.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Fetches under way at once; more are refused.</summary>
    public int MaximumConcurrent { get; init; } = 256;

    /// <summary>Fetches from one host within <see cref="HostPeriod"/>; more are refused. Repositories of many signers share a host.</summary>
    public int HostLimit { get; init; } = 100;

    /// <summary>The period of <see cref="HostLimit"/>.</summary>
    public TimeSpan HostPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a certificate is kept when the host says nothing (ATIS-1000074 §5.3.1: a day).</summary>
    public TimeSpan DefaultLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a failure is kept.</summary>
    public TimeSpan FailureLifetime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Certificates and failures in memory.</summary>
    public int MaximumEntries { get; init; } = 10_000;

    /// <summary>Name to addresses; tests bind names as they like.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Folder of certificates that outlive the process, or null.</summary>
    public string? DiskFolder { get; init; }
}
