using Ringfence.Media.Sdp;

namespace Ringfence.Media.EarlyMedia;

/// <summary>
/// Lets one of the early streams of a forked call through, so that they do not mix in the caller's ear. The choice
/// stands until its stream ends, is answered by another, loses its authorization, or (by priority) a better one is heard.
/// Not thread-safe.
/// </summary>
/// <param name="policy">How to choose.</param>
public sealed class ForkGate(ForkPolicy policy)
{
    /// <summary>Most early dialogs that are kept apart; more are not let through.</summary>
    public const int MaxForks = 32;

    private readonly List<Fork> _forks = [];
    private string? _answered;

    /// <summary>The stream that is let through, by its To tag, or null.</summary>
    public string? Chosen { get; private set; }

    /// <summary>A provisional response with SDP made an early stream.</summary>
    /// <param name="tag">To tag of the early dialog.</param>
    /// <param name="priority">Higher is better; matters for <see cref="ForkPolicy.Priority"/> only.</param>
    /// <returns>False when there are too many.</returns>
    public bool Add(string tag, int priority = 0)
    {
        if (Find(tag) is { } known)
        {
            known.Priority = Math.Max(known.Priority, priority);
        }
        else if (_forks.Count >= MaxForks)
        {
            return false;
        }
        else
        {
            _forks.Add(new Fork { Tag = tag, Priority = priority });
        }
        Choose();
        return true;
    }

    /// <summary>A stream that was known by another name turned out to be this one.</summary>
    /// <param name="before">The name so far.</param>
    /// <param name="tag">The name from now on.</param>
    public void Rename(string before, string tag)
    {
        if (before == tag || Find(before) is not { } fork)
        {
            return;
        }
        if (Find(tag) is { } other)
        {
            // Two dialogs on one stream: what either may not, neither may.
            other.WasHeard |= fork.WasHeard;
            other.Authorization = Both(other.Authorization, fork.Authorization);
            _forks.Remove(fork);
        }
        else
        {
            fork.Tag = tag;
        }
        Chosen = Chosen == before ? tag : Chosen;
    }

    /// <summary>A stream sent more than silence.</summary>
    public void Heard(string tag)
    {
        var fork = Find(tag);
        if (fork is { WasHeard: false })
        {
            fork.WasHeard = true;
            Choose();
        }
    }

    /// <summary>
    /// The stream that is let through has fallen silent: one that is heard takes its place, where the choice goes by hearing.
    /// </summary>
    /// <returns>Whether the choice is open again.</returns>
    public bool Lost()
    {
        if (
            _answered is not null
            || Chosen is null
            || policy is ForkPolicy.FirstProvisional or ForkPolicy.Authorized
            || Find(Chosen) is not { } fork
        )
        {
            return false;
        }
        fork.WasHeard = false;
        Chosen = null;
        Choose();
        return true;
    }

    /// <summary>What the network authorizes of a stream, seen from who is called (RFC 5009 section 8).</summary>
    /// <param name="tag">To tag of the early dialog.</param>
    /// <param name="direction">What may flow.</param>
    public void Authorize(string tag, MediaDirection direction)
    {
        if (Find(tag) is not { } fork)
        {
            return;
        }
        fork.Authorization = direction;
        if (Chosen == tag && !fork.MayBeHeard && _answered is null)
        {
            Chosen = null;
        }
        Choose();
    }

    /// <summary>Whether the caller may be heard by a stream; yes where nobody said otherwise, and after the answer.</summary>
    public bool MayHearCaller(string tag) =>
        _answered is not null || Find(tag)?.Authorization is not { } direction || direction.Receives();

    /// <summary>Whether a stream may be heard by the caller; as <see cref="MayHearCaller"/>.</summary>
    public bool MayBeHeard(string tag) => _answered is not null || Find(tag)?.MayBeHeard != false;

    /// <summary>An early dialog ended: by a final response, or by 199 (RFC 6228).</summary>
    public void Ended(string tag)
    {
        _forks.RemoveAll(fork => fork.Tag == tag);
        Chosen = Chosen == tag ? null : Chosen;
        Choose();
    }

    /// <summary>The call was answered: this stream and no other.</summary>
    public void Answered(string tag) => Chosen = _answered = tag;

    private Fork? Find(string tag)
    {
        // Asked for every packet: no closure.
        foreach (var fork in _forks)
        {
            if (fork.Tag == tag)
            {
                return fork;
            }
        }
        return null;
    }

    private void Choose()
    {
        if (_answered is not null || (Chosen is not null && policy != ForkPolicy.Priority))
        {
            return;
        }
        Fork? best = null;
        foreach (var fork in _forks)
        {
            var isEligible =
                fork.MayBeHeard
                && policy switch
                {
                    ForkPolicy.FirstProvisional => true,
                    ForkPolicy.Authorized => fork.Authorization is not null,
                    // Only one can newly have been heard, so that the first found is the first heard.
                    _ => fork.WasHeard,
                };
            if (isEligible && (best is null || (policy == ForkPolicy.Priority && fork.Priority > best.Priority)))
            {
                best = fork;
            }
        }
        Chosen = best?.Tag;
    }

    private static MediaDirection? Both(MediaDirection? one, MediaDirection? other) =>
        one is null ? other
        : other is null ? one
        : one & other;

    private sealed class Fork
    {
        public required string Tag { get; set; }

        public int Priority { get; set; }

        public bool WasHeard { get; set; }

        /// <summary>Null while no header said anything.</summary>
        public MediaDirection? Authorization { get; set; }

        public bool MayBeHeard => Authorization?.Sends() != false;
    }
}
