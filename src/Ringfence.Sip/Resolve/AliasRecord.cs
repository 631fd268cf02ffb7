namespace Ringfence.Sip.Resolve;

/// <summary>CNAME.</summary>
internal sealed record AliasRecord(string Owner, uint Ttl, string Target) : DnsRecord(Owner, Ttl);
