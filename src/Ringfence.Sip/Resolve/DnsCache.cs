namespace Ringfence.Sip.Resolve;

/// <summary>
/// Keeps answers and absences for as long as they may be kept, and puts a question once however many ask it at the same time.
/// What is known is answered at once; what is not is asked on the pool, so that no lane waits.
/// </summary>
internal sealed class DnsCache(IDnsSource source, DnsOptions options, TimeProvider clock) : IDnsSource
{
    private readonly Lock _lock = new();
    private readonly RecentTable<(string, DnsType), (DnsAnswer Answer, long Since, TimeSpan Ttl)> _answers = new(
        options.MaxAnswers
    );
    private readonly Dictionary<(string, DnsType), Task<DnsAnswer>> _open = [];

    public ValueTask<DnsAnswer> LookUpAsync(string name, DnsType type, CancellationToken token)
    {
        Task<DnsAnswer>? asking;
        lock (_lock)
        {
            if (_answers.TryGet((name, type), out var kept) && clock.GetElapsedTime(kept.Since) < kept.Ttl)
            {
                return new(kept.Answer);
            }

            if (!_open.TryGetValue((name, type), out asking))
            {
                if (_open.Count >= options.MaxQuestions)
                {
                    return new(DnsAnswer.Failed);
                }

                asking = Task.Run(() => AskAsync(name, type), CancellationToken.None);
                _open.Add((name, type), asking);
            }
        }

        return new(asking.WaitAsync(token));
    }

    /// <summary>The question has its own deadline: whoever put it first may leave without spoiling it for the others.</summary>
    private async Task<DnsAnswer> AskAsync(string name, DnsType type)
    {
        DnsAnswer answer = DnsAnswer.Failed;
        try
        {
            answer = await source.LookUpAsync(name, type, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove((name, type));
                _answers.Set((name, type), (answer, clock.GetTimestamp(), TtlOf(answer)));
            }
        }

        return answer;
    }

    private TimeSpan TtlOf(DnsAnswer answer)
    {
        var said = TimeSpan.FromSeconds(answer.Ttl);
        return answer.Status switch
        {
            DnsStatus.Found => said < options.MaxTtl ? said : options.MaxTtl,
            DnsStatus.Absent => said < options.MaxAbsenceTtl ? said : options.MaxAbsenceTtl,
            _ => options.FailureTtl,
        };
    }
}
