using System.Security.Cryptography;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Resolve;

/// <summary>Finds the servers of a sip or sips URI (RFC 3263). One for the process; safe for any thread; never blocks.</summary>
public sealed class SipResolver
{
    private readonly IDnsSource _dns;
    private readonly ResolverOptions _options;
    private readonly Func<int, int> _draw;

    /// <summary>A resolver that asks name servers and keeps what they say.</summary>
    public SipResolver(DnsOptions dns, ResolverOptions options, TimeProvider clock)
        : this(new DnsCache(new DnsClient(dns, clock), dns, clock), options, clock, RandomNumberGenerator.GetInt32) { }

    internal SipResolver(IDnsSource dns, ResolverOptions options, TimeProvider clock, Func<int, int> draw)
    {
        _dns = dns;
        _options = options;
        _draw = draw;
        Dead = new DeadTargets(options, clock);
    }

    /// <summary>The targets that failed of late.</summary>
    public DeadTargets Dead { get; }

    /// <summary>
    /// The servers of a URI in the order to try: what failed of late comes last. An address, and a name that is in the cache, is
    /// answered without waiting.
    /// </summary>
    /// <param name="uri">A sip or sips URI: the topmost Route or the Request-URI.</param>
    /// <param name="token">Gives up waiting.</param>
    public ValueTask<Resolution> ResolveAsync(ReadOnlySpan<byte> uri, CancellationToken token = default)
    {
        ResolveStatus status = SipLocation.TryRead(uri, _options.Transports, out SipLocation location);
        return status != ResolveStatus.Found ? new(new Resolution(status, []))
            : location.Address is not null ? new(OfAddress(location))
            : ResolveAsync(location, token);
    }

    /// <summary>
    /// As above for a stateless proxy (§4.4): the same seed and the same records give the same order, whatever failed of late.
    /// </summary>
    /// <param name="uri">A sip or sips URI.</param>
    /// <param name="seed">A hash of what all requests of a transaction have alike: its top Via's branch.</param>
    /// <param name="token">Gives up waiting.</param>
    public ValueTask<Resolution> ResolveAsync(ReadOnlySpan<byte> uri, ulong seed, CancellationToken token = default)
    {
        ResolveStatus status = SipLocation.TryRead(uri, _options.Transports, out SipLocation location);
        return status != ResolveStatus.Found ? new(new Resolution(status, []))
            : location.Address is not null ? new(OfAddress(location))
            : ResolveAlikeAsync(location, seed, token);
    }

    private static Resolution OfAddress(SipLocation location)
    {
        TransportKind kind = location.DefaultKind;
        int port = location.Port != 0 ? location.Port : SipLocation.DefaultPort(kind);
        var peer = new Peer(kind, Peer.ToNumber(location.Address!), (ushort)port);
        return new Resolution(ResolveStatus.Found, [new SipTarget(peer, location.Host)]);
    }

    private async ValueTask<Resolution> ResolveAsync(SipLocation location, CancellationToken token)
    {
        Resolution found = await new ServerSearch(_dns, _options, location, _draw, token)
            .RunAsync()
            .ConfigureAwait(false);
        return found with { Targets = [.. found.Targets.OrderBy(target => Dead.Contains(target.Peer))] };
    }

    private async ValueTask<Resolution> ResolveAlikeAsync(SipLocation location, ulong seed, CancellationToken token)
    {
        ulong state = seed;
        int Draw(int limit)
        {
            // Knuth's MMIX constants: any fixed sequence will do.
            state = (state * 6364136223846793005) + 1442695040888963407;
            return (int)((state >> 33) % (ulong)limit);
        }

        var alike = new SortedAddresses(_dns);
        return await new ServerSearch(alike, _options, location, Draw, token).RunAsync().ConfigureAwait(false);
    }
}
