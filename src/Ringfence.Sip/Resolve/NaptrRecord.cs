namespace Ringfence.Sip.Resolve;

/// <summary>NAPTR (RFC 3403 §4.1).</summary>
internal sealed record NaptrRecord(
    string Owner,
    uint Ttl,
    ushort Order,
    ushort Preference,
    string Flags,
    string Service,
    string Regexp,
    string Replacement
) : DnsRecord(Owner, Ttl);
