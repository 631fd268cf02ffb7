using System.Diagnostics.CodeAnalysis;

namespace Ringfence.Sip.Resolve;

/// <summary>
/// One request's way through its targets (RFC 3263 §4.3): begin with <see cref="Target"/>; after a failure send it again, as a
/// new transaction, to the next.
/// </summary>
public sealed class Failover
{
    private readonly IReadOnlyList<SipTarget> _targets;
    private readonly DeadTargets _dead;
    private int _at;

    /// <summary>Begins with the first.</summary>
    /// <exception cref="ArgumentException">There are no targets.</exception>
    public Failover(Resolution resolution, DeadTargets dead)
    {
        ArgumentNullException.ThrowIfNull(resolution);
        ArgumentNullException.ThrowIfNull(dead);
        if (resolution.Targets.Count == 0)
        {
            throw new ArgumentException("There is no target to begin with.", nameof(resolution));
        }

        _targets = resolution.Targets;
        _dead = dead;
    }

    /// <summary>Where the request goes now.</summary>
    public SipTarget Target => _targets[_at];

    /// <summary>A response came, other than 503: the target is alive.</summary>
    public void Reached() => _dead.Remove(Target.Peer);

    /// <summary>The target failed; false when it was the last.</summary>
    /// <param name="retryAfter">Retry-After of a 503, if it had one.</param>
    /// <param name="next">The next target, which is <see cref="Target"/> from now on.</param>
    public bool TryNext(TimeSpan? retryAfter, [NotNullWhen(true)] out SipTarget? next)
    {
        _dead.Add(Target.Peer, retryAfter);
        bool hasNext = _at + 1 < _targets.Count;
        _at += hasNext ? 1 : 0;
        next = hasNext ? Target : null;
        return hasNext;
    }
}
