namespace Ringfence.Sip.Resolve;

/// <summary>The answer to one question.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Records">The records of the type that was asked for, aliases already followed.</param>
/// <param name="Ttl">How many seconds this answer, or the absence, may be kept; 0 for not at all.</param>
internal sealed record DnsAnswer(DnsStatus Status, IReadOnlyList<DnsRecord> Records, uint Ttl)
{
    internal static readonly DnsAnswer Failed = new(DnsStatus.Failed, [], 0);
    internal static readonly DnsAnswer Silent = new(DnsStatus.Silent, [], 0);
}
