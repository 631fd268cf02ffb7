using System.Net.Sockets;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Resolve;

/// <summary>
/// One run of the procedure of RFC 3263 §4.1 and §4.2 for a location that is a name: NAPTR, then SRV, then addresses, each only
/// where the URI leaves it open.
/// </summary>
internal sealed class ServerSearch(
    IDnsSource dns,
    ResolverOptions options,
    SipLocation location,
    Func<int, int> draw,
    CancellationToken token
)
{
    private readonly List<SipTarget> _targets = [];
    private TransportKind _kind = location.DefaultKind;
    private bool _isUnavailable;

    internal async ValueTask<Resolution> RunAsync()
    {
        if (location.Port != 0 || !await BySrvAsync().ConfigureAwait(false))
        {
            int port = location.Port != 0 ? location.Port : SipLocation.DefaultPort(_kind);
            await AddAddressesAsync([(location.Target, port)]).ConfigureAwait(false);
        }

        ResolveStatus status =
            _targets.Count > 0 ? ResolveStatus.Found
            : _isUnavailable ? ResolveStatus.Unavailable
            : ResolveStatus.NotFound;
        return new Resolution(status, _targets);
    }

    /// <summary>True when the search is over; false when there are no SRV records, and the name itself is to be looked up.</summary>
    private async ValueTask<bool> BySrvAsync()
    {
        if (location.Kind is { } kind)
        {
            return await TryServiceAsync(NameOf(kind), kind).ConfigureAwait(false);
        }

        if (await TryNaptrAsync().ConfigureAwait(false) is { } isOver)
        {
            return isOver;
        }

        foreach (TransportKind ours in options.Transports.Where(IsAllowed))
        {
            if (await TryServiceAsync(NameOf(ours), ours).ConfigureAwait(false))
            {
                return true;
            }
        }

        // Nothing says which transport, and ours may not have the default.
        return !options.Transports.Contains(_kind);
    }

    /// <summary>§4.1: the most preferred service that we have, null when no record is of use.</summary>
    private async ValueTask<bool?> TryNaptrAsync()
    {
        DnsAnswer answer = await AskAsync(location.Target, DnsType.Naptr).ConfigureAwait(false);
        if (answer.Status == DnsStatus.Silent)
        {
            return true;
        }

        NaptrRecord? best = answer
            .Records.OfType<NaptrRecord>()
            .Where(record => KindOf(record) is { } kind && IsAllowed(kind) && options.Transports.Contains(kind))
            .OrderBy(record => record.Order)
            .ThenBy(record => record.Preference)
            .FirstOrDefault();
        if (best is null)
        {
            return null;
        }

        _kind = KindOf(best)!.Value;
        return await TryServiceAsync(best.Replacement, _kind).ConfigureAwait(false);
    }

    /// <summary>§4.2: true when the service has records (one with the root as target says no), or no server answers.</summary>
    private async ValueTask<bool> TryServiceAsync(string? name, TransportKind kind)
    {
        if (name is null)
        {
            return false;
        }

        DnsAnswer answer = await AskAsync(name, DnsType.Srv).ConfigureAwait(false);
        if (answer.Status != DnsStatus.Found)
        {
            return answer.Status == DnsStatus.Silent;
        }

        _kind = kind;
        await AddAddressesAsync(
                ServiceOrder
                    .Sort(answer.Records.OfType<ServiceRecord>(), draw)
                    .Where(record => record.Target.Length > 0 && record.Port > 0)
                    .Take(options.MaxTargets)
                    .Select(record => (record.Target, (int)record.Port))
            )
            .ConfigureAwait(false);
        return true;
    }

    /// <summary>All names at once, their addresses in order of the names and then of our families.</summary>
    private async ValueTask AddAddressesAsync(IEnumerable<(string Name, int Port)> servers)
    {
        List<(int Port, Task<DnsAnswer> Asking)> open =
        [
            .. from server in servers.ToList()
            from family in options.Families
            let type = family == AddressFamily.InterNetwork ? DnsType.A : DnsType.Aaaa
            select (server.Port, AskAsync(server.Name, type).AsTask()),
        ];
        foreach ((int port, Task<DnsAnswer> asking) in open)
        {
            DnsAnswer answer = await asking.ConfigureAwait(false);
            foreach (AddressRecord record in answer.Records.OfType<AddressRecord>())
            {
                var peer = new Peer(_kind, Peer.ToNumber(record.Address), (ushort)port);
                var target = new SipTarget(peer, location.Host);
                if (_targets.Count < options.MaxTargets && !_targets.Contains(target))
                {
                    _targets.Add(target);
                }
            }
        }
    }

    private async ValueTask<DnsAnswer> AskAsync(string name, DnsType type)
    {
        DnsAnswer answer = await dns.LookUpAsync(name, type, token).ConfigureAwait(false);
        _isUnavailable |= answer.Status >= DnsStatus.Failed;
        return answer;
    }

    /// <summary>A sips URI is only reached by what is secure.</summary>
    private bool IsAllowed(TransportKind kind) => !location.IsSips || kind is TransportKind.Tls or TransportKind.Wss;

    /// <summary>_Service._Proto.Name (RFC 2782); WebSocket has none (RFC 7118 §5.4).</summary>
    private string? NameOf(TransportKind kind)
    {
        string? prefix = kind switch
        {
            TransportKind.Udp => "_sip._udp.",
            TransportKind.Tcp => "_sip._tcp.",
            TransportKind.Tls => "_sips._tcp.",
            _ => null,
        };
        return prefix is not null && prefix.Length + location.Target.Length < 254 ? prefix + location.Target : null;
    }

    /// <summary>The services of RFC 3263 §4.1 and RFC 7118 §11.3; null for others, for a rule to rewrite, and for no name.</summary>
    private static TransportKind? KindOf(NaptrRecord record)
    {
        bool leadsToSrv =
            record.Flags.Equals("s", StringComparison.OrdinalIgnoreCase)
            && record.Regexp.Length == 0
            && record.Replacement.Length > 0;
        return !leadsToSrv
            ? null
            : record.Service.ToUpperInvariant() switch
            {
                "SIP+D2U" => TransportKind.Udp,
                "SIP+D2T" => TransportKind.Tcp,
                "SIPS+D2T" => TransportKind.Tls,
                "SIP+D2W" => TransportKind.Ws,
                "SIPS+D2W" => TransportKind.Wss,
                _ => null,
            };
    }
}
