namespace Ringfence.Sip.Resolve;

/// <summary>SOA; of its fields only the one that says how long an absence may be kept (RFC 2308 §4).</summary>
internal sealed record ZoneRecord(string Owner, uint Ttl, uint Minimum) : DnsRecord(Owner, Ttl);
