namespace Ringfence.Sip.Resolve;

/// <summary>Whoever answers questions about names. Safe for any thread; never throws for what a server does.</summary>
internal interface IDnsSource
{
    /// <summary>Looks a name up, normalised by <see cref="DnsName.TryNormalize"/>.</summary>
    ValueTask<DnsAnswer> LookUpAsync(string name, DnsType type, CancellationToken token);
}
