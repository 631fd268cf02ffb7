using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Resolve;

/// <summary>Answers with their addresses in order: servers turn them round from one answer to the next.</summary>
internal sealed class SortedAddresses(IDnsSource source) : IDnsSource
{
    public async ValueTask<DnsAnswer> LookUpAsync(string name, DnsType type, CancellationToken token)
    {
        DnsAnswer answer = await source.LookUpAsync(name, type, token).ConfigureAwait(false);
        return type is DnsType.A or DnsType.Aaaa
            ? answer with
            {
                Records = [.. answer.Records.OfType<AddressRecord>().OrderBy(record => Peer.ToNumber(record.Address))],
            }
            : answer;
    }
}
