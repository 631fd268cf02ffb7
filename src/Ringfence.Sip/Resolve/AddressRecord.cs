using System.Net;

namespace Ringfence.Sip.Resolve;

/// <summary>A or AAAA.</summary>
internal sealed record AddressRecord(string Owner, uint Ttl, IPAddress Address) : DnsRecord(Owner, Ttl);
