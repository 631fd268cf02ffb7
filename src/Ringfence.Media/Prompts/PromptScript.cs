namespace Ringfence.Media.Prompts;

/// <summary>
/// Asks a caller for digits: play, gather, correct and ask again, give up. Pure: it says what to do and when to come
/// back; playing, listening and the clock are somebody else's. It neither knows nor cares which way a digit came, nor
/// whether the caller hears anything; each press must come once (<see cref="Dtmf.DtmfDeduplicator"/>). Not thread-safe.
/// </summary>
/// <param name="options">How it asks.</param>
public sealed class PromptScript(PromptScriptOptions options)
{
    private TimeSpan _end;
    private TimeSpan _deadline;

    /// <summary>Where it stands.</summary>
    public ScriptState State { get; private set; }

    /// <summary>The digits of the present attempt.</summary>
    public string Digits { get; private set; } = "";

    /// <summary>The digits that are right; null when any are. Set it anew at each <see cref="ScriptStep.Ask"/>.</summary>
    public string? Expected { get; set; }

    /// <summary>How often it has asked.</summary>
    public int Attempt { get; private set; }

    /// <summary>Whether it is over.</summary>
    public bool IsOver => State >= ScriptState.Gathered;

    /// <summary>When <see cref="Elapse"/> is to be called; null when it is over or not begun.</summary>
    public TimeSpan? Due =>
        IsOver || State == ScriptState.Ready ? null
        : State == ScriptState.Gathering && _deadline < _end ? _deadline
        : _end;

    /// <summary>Begins.</summary>
    /// <param name="now">The present, on any one clock.</param>
    public ScriptStep Begin(TimeSpan now)
    {
        if (State != ScriptState.Ready)
        {
            return ScriptStep.None;
        }
        _end = now + options.Limit;
        return Ask();
    }

    /// <summary>What it wanted played was played to its end.</summary>
    public ScriptStep Played(TimeSpan now)
    {
        switch (State)
        {
            case ScriptState.Asking:
                State = ScriptState.Gathering;
                _deadline = now + options.FirstDigit;
                return ScriptStep.None;
            case ScriptState.Correcting:
                return Ask();
            default:
                return ScriptStep.None;
        }
    }

    /// <summary>The caller pressed a digit.</summary>
    public ScriptStep Press(char digit, TimeSpan now)
    {
        if (now >= Due)
        {
            return Elapse(now);
        }
        var isTaken = State == ScriptState.Gathering || (State == ScriptState.Asking && options.BargeIn);
        var isTerminator = digit == options.Terminator;
        if (!isTaken || (!isTerminator && !options.Accepted.Contains(digit, StringComparison.Ordinal)))
        {
            return ScriptStep.None;
        }
        var wasAsking = State == ScriptState.Asking;
        State = ScriptState.Gathering;
        _deadline = now + options.BetweenDigits;
        Digits += isTerminator ? "" : digit;
        return isTerminator || Digits.Length == options.Count ? Judge()
            : wasAsking ? ScriptStep.Hush
            : ScriptStep.None;
    }

    /// <summary>Time has passed; to be called at <see cref="Due"/>, harmless before.</summary>
    public ScriptStep Elapse(TimeSpan now)
    {
        if (IsOver || now < Due)
        {
            return ScriptStep.None;
        }
        if (now >= _end)
        {
            return End(ScriptState.GivenUp);
        }
        return Digits.Length == 0 ? Again(ScriptStep.SayUnheard)
            : Expected is null && options.Terminator is not null ? Judge()
            : Again(ScriptStep.SayWrong);
    }

    private ScriptStep Judge() =>
        Digits.Length > 0 && (Expected is null || Digits == Expected)
            ? End(ScriptState.Gathered)
            : Again(ScriptStep.SayWrong);

    private ScriptStep Again(ScriptStep correction)
    {
        if (Attempt >= options.Attempts)
        {
            return End(ScriptState.GivenUp);
        }
        State = ScriptState.Correcting;
        return correction;
    }

    private ScriptStep Ask()
    {
        State = ScriptState.Asking;
        Digits = "";
        Attempt++;
        return ScriptStep.Ask;
    }

    private ScriptStep End(ScriptState state)
    {
        State = state;
        return state == ScriptState.Gathered ? ScriptStep.Succeed : ScriptStep.GiveUp;
    }
}
