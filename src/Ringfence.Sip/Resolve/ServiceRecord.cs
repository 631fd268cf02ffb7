namespace Ringfence.Sip.Resolve;

/// <summary>SRV (RFC 2782). A target of "" is the root: the service is decidedly not there.</summary>
internal sealed record ServiceRecord(string Owner, uint Ttl, ushort Priority, ushort Weight, ushort Port, string Target)
    : DnsRecord(Owner, Ttl);
