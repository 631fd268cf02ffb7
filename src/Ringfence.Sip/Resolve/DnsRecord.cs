namespace Ringfence.Sip.Resolve;

/// <summary>One record of an answer.</summary>
/// <param name="Owner">The name that it belongs to, in lower case.</param>
/// <param name="Ttl">How many seconds it may be kept.</param>
internal abstract record DnsRecord(string Owner, uint Ttl);
