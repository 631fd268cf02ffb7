namespace Ringfence.Media.EarlyMedia;

/// <summary>
/// Lets one of the early streams of a forked call through, so that they do not mix in the caller's ear. The choice
/// stands until its stream ends, is answered by another, or (by priority) a better one is heard. Not thread-safe.
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
        if (_forks.Count >= MaxForks)
        {
            return _forks.Exists(fork => fork.Tag == tag);
        }
        if (!_forks.Exists(fork => fork.Tag == tag))
        {
            _forks.Add(new Fork(tag, priority));
        }
        Choose();
        return true;
    }

    /// <summary>A stream sent more than silence.</summary>
    public void Heard(string tag)
    {
        var fork = _forks.Find(candidate => candidate.Tag == tag);
        if (fork is { WasHeard: false })
        {
            fork.WasHeard = true;
            Choose();
        }
    }

    /// <summary>An early dialog ended: by a final response, or by 199 (RFC 6228).</summary>
    public void Ended(string tag)
    {
        _forks.RemoveAll(fork => fork.Tag == tag);
        Chosen = Chosen == tag ? null : Chosen;
        Choose();
    }

    /// <summary>The call was answered: this stream and no other.</summary>
    public void Answered(string tag) => Chosen = _answered = tag;

    private void Choose()
    {
        if (_answered is not null || (Chosen is not null && policy != ForkPolicy.Priority))
        {
            return;
        }
        Chosen = policy switch
        {
            ForkPolicy.FirstProvisional => _forks.FirstOrDefault()?.Tag,
            // Only one can newly have been heard, so that the first found is the first heard.
            ForkPolicy.FirstHeard => _forks.Find(fork => fork.WasHeard)?.Tag,
            _ => _forks.Where(fork => fork.WasHeard).MaxBy(fork => fork.Priority)?.Tag,
        };
    }

    private sealed class Fork(string tag, int priority)
    {
        public string Tag { get; } = tag;

        public int Priority { get; } = priority;

        public bool WasHeard { get; set; }
    }
}
