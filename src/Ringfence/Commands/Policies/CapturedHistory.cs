using Ringfence.Screening.Facts;

namespace Ringfence.Commands.Policies;

/// <summary>Who called and answered whom since the capture began.</summary>
internal sealed class CapturedHistory
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);
    private readonly Dictionary<(Party From, Party To), (DateTimeOffset At, int Before)> _calls = [];
    private readonly HashSet<(Party From, Party To)> _answered = [];

    /// <summary>What the two had to do with each other before this call, which is then noted.</summary>
    internal CalleeHistory Note(Party caller, Party callee, DateTimeOffset at)
    {
        int attempts =
            _calls.TryGetValue((caller, callee), out (DateTimeOffset At, int Before) last) && at - last.At < Again
                ? last.Before + 1
                : 0;
        _calls[(caller, callee)] = (at, attempts);
        return new CalleeHistory(
            Dialled: _calls.ContainsKey((callee, caller)),
            Answered: _answered.Contains((caller, callee)),
            Contact: false,
            RecentAttempts: attempts
        );
    }

    internal void Answered(Party caller, Party callee) => _answered.Add((caller, callee));
}
