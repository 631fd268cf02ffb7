using System.Text;
using Ringfence.Edge.Stages;
using Ringfence.Media.Prompts;
using Ringfence.Media.Relay;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Challenge;

/// <summary>
/// A call that is spoken to before it is answered: 183 with SDP, prompts in the caller's language, and in the end either a
/// refusal or somebody else who goes on with the call. On the call's lane.
/// </summary>
internal abstract class SpokenCall : IIncomingCallListener
{
    /// <summary>The first packets of a call are often lost: the path opens, the far jitter buffer fills.</summary>
    private protected static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(400);

    private readonly Action _refuse;
    private readonly LaneTimer _timer;
    private int _saying;

    private protected SpokenCall(
        IncomingCall caller,
        GateSetup setup,
        CallerAudio audio,
        PromptLibrary prompts,
        Action refuse
    )
    {
        Caller = caller;
        Setup = setup;
        Audio = audio;
        Prompts = prompts;
        _refuse = refuse;
        _timer = new LaneTimer(OnDue);
        ReadOnlySpan<byte> wanted = caller.Request.Value(HeaderId.AcceptLanguage);
        Language = prompts.LanguageOf(Encoding.UTF8.GetString(wanted), setup.Parties.Caller.Text);
    }

    /// <summary>The language that the caller is spoken to in.</summary>
    private protected string Language { get; }

    private protected IncomingCall Caller { get; }

    private protected GateSetup Setup { get; }

    private protected CallerAudio Audio { get; }

    private protected PromptLibrary Prompts { get; }

    private protected bool IsOver { get; private set; }

    private protected TimeSpan Now => TimeSpan.FromMilliseconds(Setup.Lane.Now);

    /// <inheritdoc/>
    public void OnEnded(Call call, CallEnd end, SipMessage? message)
    {
        if (!TryEnd())
        {
            return;
        }

        Audio.Close();
        bool byCaller = end is CallEnd.Cancelled or CallEnd.ByeReceived;
        // What this side refused with, it noted itself; a reliable 183 without a PRACK ends with 504 (RFC 3262 §3).
        Setup.Journal.Refused(
            byCaller ? 487
            : end == CallEnd.NotAcknowledged ? 504
            : 0
        );
        Setup.Journal.Close(byCaller ? "caller" : "edge");
    }

    /// <inheritdoc/>
    public virtual void OnRequest(Call call, IncomingRequest request) => request.AnswerByDefault();

    /// <inheritdoc/>
    public void OnEarlyAnswer(IncomingCall call, ReadOnlyMemory<byte> answer) =>
        Audio.Opened.EarlySession?.Answered(answer.Span);

    /// <summary>Begins to speak: 183. False when the call has ended over it.</summary>
    private protected bool TryProgress(string earlySource)
    {
        Caller.Listener = this;
        Setup.Journal.Mode("challenge");
        Setup.Journal.EarlySource = earlySource;
        Setup.Journal.Played = Audio.Opened.Audio?.Send.Format.ToString() ?? "";
        List<HeaderField> headers = [.. Setup.Identity.TakeReasonLines()];
        Body body = Audio.Opened.Progress(Caller);
        if (Caller.Request.Has(HeaderId.PEarlyMedia) && Audio.Opened.EarlySession is not { IsUsed: true })
        {
            // A network that gates early media lets it pass only when it is told to, and the digits with it (RFC 5009 §5).
            headers.Add(new HeaderField(HeaderId.PEarlyMedia, "sendrecv"));
        }

        if (!Caller.Progress(183, default, body, [.. headers]))
        {
            // Refused by the stack, or over before it came to this.
            if (TryEnd())
            {
                Audio.Close();
            }

            return false;
        }

        Setup.Journal.Progressed(hasMedia: true);
        return true;
    }

    /// <summary>Says something, and tells of its end unless something else has been said since.</summary>
    private protected void Say(string phrase, string digits, Action said) =>
        Play(ended => new PhraseSource(Prompts.Say(Language, phrase, digits), lead: Lead, ended: ended), said);

    /// <summary>Plays a source that is made with what tells of its end.</summary>
    private protected void Play(Func<Action, IAudioSource> source, Action played)
    {
        int mine = ++_saying;
        Audio.Play(source(() => Setup.Lane.Post(new OnLane(() => Ended(mine, played)))));
    }

    private protected void Hush()
    {
        _saying++;
        Audio.Hush();
    }

    /// <summary>Calls <see cref="OnDue"/> at this time of <see cref="Now"/>; null for never.</summary>
    private protected void WakeAt(TimeSpan? due)
    {
        Setup.Lane.Timers.Disarm(_timer);
        if (due is { } time)
        {
            Setup.Lane.Timers.Arm(_timer, (long)Math.Ceiling((time - Now).TotalMilliseconds));
        }
    }

    private protected abstract void OnDue();

    /// <summary>Ends the media and refuses the call. There was no 200, so nobody pays for it.</summary>
    private protected void Refuse()
    {
        if (TryEnd())
        {
            Audio.Close();
            _refuse();
        }
    }

    /// <summary>From here on the call is somebody else's, or nobody's. True once.</summary>
    private protected bool TryEnd()
    {
        if (IsOver)
        {
            return false;
        }

        IsOver = true;
        WakeAt(null);
        return true;
    }

    private void Ended(int saying, Action said)
    {
        if (saying == _saying && !IsOver)
        {
            said();
        }
    }
}
