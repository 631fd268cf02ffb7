using System.Text;
using Ringfence.Edge.Gate;
using Ringfence.Edge.Stages;
using Ringfence.Media.Dtmf;
using Ringfence.Media.Prompts;
using Ringfence.Media.Relay;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Challenge;

/// <summary>
/// The callee has answered and hears who calls: 1 takes the call, 2 refuses the caller for good. Other keys say nothing. On the call's
/// lane.
/// </summary>
internal sealed class CalleeAsking
{
    /// <summary>A telephone needs this long from the hook to the ear.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(800);

    private static readonly TimeSpan AfterName = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the callee may think, from the end of the question on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly GateSetup _setup;
    private readonly GateMedia _media;
    private readonly Introduction _introduction;
    private readonly LaneTimer _timer;
    private DtmfTap? _tap;
    private Action<CalleeSays>? _said;

    internal CalleeAsking(GateSetup setup, GateMedia media, Introduction introduction)
    {
        _setup = setup;
        _media = media;
        _introduction = introduction;
        _timer = new LaneTimer(() => Say(CalleeSays.Nothing));
    }

    /// <summary>Whether the callee has been asked and has not said anything yet.</summary>
    internal bool IsOn => _said is not null;

    /// <summary>What follows.</summary>
    internal Introduction Introduction => _introduction;

    /// <summary>Asks. False when the callee cannot be spoken to; otherwise what it says is told once, on the lane.</summary>
    internal bool TryBegin(EarlyFork fork, ReadOnlySpan<byte> description, SipResponse answer, Action<CalleeSays> said)
    {
        PromptLibrary prompts = _introduction.Prompts;
        string wanted = Encoding.UTF8.GetString(answer.Value(HeaderId.AcceptLanguage));
        string language = prompts.LanguageOf(wanted, _setup.Parties.Callee.Text);
        Phrase phrase = prompts.Say(language, "calls");
        var question = new SequenceSource(
            new SampleSource(_introduction.Name, Lead),
            new PhraseSource(phrase, lead: AfterName)
        );
        _tap = _media.Ask(fork, description, question, OnDigit);
        if (_tap is null)
        {
            return false;
        }

        _said = said;
        TimeSpan name = TimeSpan.FromSeconds((double)_introduction.Name.Length / NameTap.SampleRate);
        TimeSpan wait = Lead + name + AfterName + phrase.Duration + Patience;
        _setup.Lane.Timers.Arm(_timer, (long)wait.TotalMilliseconds);
        return true;
    }

    /// <summary>Takes a digit of the callee's that comes by INFO; false for any other request.</summary>
    internal bool TryHear(IncomingRequest request)
    {
        if (!IsOn || request.Request.Method != SipMethod.Info || InfoDigit.Of(request.Request) is not { } digit)
        {
            return false;
        }

        request.Answer(200, default, Body.None);
        _tap!.Info(digit, _setup.Services.MediaClock.Now);
        return true;
    }

    /// <summary>The callee has said this, by a key or by hanging up.</summary>
    internal void Say(CalleeSays says)
    {
        Action<CalleeSays>? said = _said;
        End();
        said?.Invoke(says);
    }

    /// <summary>Nobody waits for an answer any more.</summary>
    internal void End()
    {
        _said = null;
        _setup.Lane.Timers.Disarm(_timer);
    }

    /// <summary>Told on the media clock's thread, and on the lane for INFO.</summary>
    private void OnDigit(DtmfDigit digit)
    {
        if (digit.Digit is '1' or '2')
        {
            CalleeSays says = digit.Digit == '1' ? CalleeSays.Accepts : CalleeSays.Refuses;
            _setup.Lane.Post(new OnLane(() => Say(says)));
        }
    }
}
