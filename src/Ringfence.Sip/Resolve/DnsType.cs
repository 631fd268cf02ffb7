namespace Ringfence.Sip.Resolve;

/// <summary>The record types that are asked for or read.</summary>
internal enum DnsType : ushort
{
    /// <summary>An IPv4 address (RFC 1035 §3.4.1).</summary>
    A = 1,

    /// <summary>Another name for the same (RFC 1035 §3.3.1).</summary>
    Cname = 5,

    /// <summary>Start of a zone; says how long a name's absence may be kept (RFC 2308 §4).</summary>
    Soa = 6,

    /// <summary>An IPv6 address (RFC 3596).</summary>
    Aaaa = 28,

    /// <summary>Where a service is (RFC 2782).</summary>
    Srv = 33,

    /// <summary>Which services a domain has (RFC 3403).</summary>
    Naptr = 35,
}
