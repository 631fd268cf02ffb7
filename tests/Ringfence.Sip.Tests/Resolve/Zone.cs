using System.Net;
using Ringfence.Sip.Resolve;

namespace Ringfence.Sip.Tests.Resolve;

/// <summary>A name server in memory: remembers what it was asked.</summary>
internal sealed class Zone : IDnsSource
{
    private readonly Dictionary<(string, DnsType), DnsAnswer> _answers = [];

    internal List<string> Asked { get; } = [];

    internal DnsStatus Otherwise { get; set; } = DnsStatus.Absent;

    internal TaskCompletionSource? Gate { get; set; }

    internal uint Ttl { get; set; } = 60;

    public async ValueTask<DnsAnswer> LookUpAsync(string name, DnsType type, CancellationToken token)
    {
        lock (Asked)
        {
            Asked.Add($"{type} {name}");
        }

        if (Gate is { } gate)
        {
            await gate.Task;
        }

        return _answers.GetValueOrDefault((name, type))
            ?? new DnsAnswer(Otherwise, [], Otherwise == DnsStatus.Absent ? Ttl : 0);
    }

    internal Zone A(string name, params string[] addresses) =>
        Add(name, DnsType.A, [.. addresses.Select(a => new AddressRecord(name, Ttl, IPAddress.Parse(a)))]);

    internal Zone Aaaa(string name, params string[] addresses) =>
        Add(name, DnsType.Aaaa, [.. addresses.Select(a => new AddressRecord(name, Ttl, IPAddress.Parse(a)))]);

    internal Zone Srv(string name, params (int Priority, int Weight, int Port, string Target)[] records) =>
        Add(
            name,
            DnsType.Srv,
            [
                .. records.Select(r => new ServiceRecord(
                    name,
                    Ttl,
                    (ushort)r.Priority,
                    (ushort)r.Weight,
                    (ushort)r.Port,
                    r.Target
                )),
            ]
        );

    internal Zone Naptr(
        string name,
        params (int Order, int Preference, string Service, string Replacement)[] records
    ) =>
        Add(
            name,
            DnsType.Naptr,
            [
                .. records.Select(r => new NaptrRecord(
                    name,
                    Ttl,
                    (ushort)r.Order,
                    (ushort)r.Preference,
                    "s",
                    r.Service,
                    "",
                    r.Replacement
                )),
            ]
        );

    internal Zone Add(string name, DnsType type, IReadOnlyList<DnsRecord> records)
    {
        _answers[(name, type)] = new DnsAnswer(DnsStatus.Found, records, Ttl);
        return this;
    }

    internal Zone Fail(string name, DnsType type, DnsStatus status)
    {
        _answers[(name, type)] = new DnsAnswer(status, [], 0);
        return this;
    }
}
