using Ringfence.Edge.Stages;
using Ringfence.Media.Dtmf;
using Ringfence.Media.Prompts;
using Ringfence.Media.Relay;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Challenge;

/// <summary>
/// Challenge: can the caller show to be a person? A random digit is asked for in early media and must be pressed, by telephone
/// event, in the audio or by INFO. Who fails hears goodbye and is refused; there is never a 200 for it.
/// </summary>
internal sealed class ChallengeCall : SpokenCall
{
    /// <summary>Longer than any goodbye: if its end is never heard of, the call ends all the same.</summary>
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(5);

    private readonly ChallengeTerms _terms;
    private readonly PromptScript _script;
    private readonly DtmfTap _tap;
    private DtmfSource _heardBy;
    private bool _isLeaving;

    private ChallengeCall(IncomingCall caller, GateSetup setup, CallerAudio audio, ChallengeTerms terms)
        : base(caller, setup, audio, terms.Prompts, terms.Refuse)
    {
        _terms = terms;
        _script = new PromptScript(terms.Script);
        _tap = audio.Listen(OnDigit);
    }

    /// <summary>Challenges a caller. What comes of it is told by the terms, now or later.</summary>
    internal static void Begin(IncomingCall caller, GateSetup setup, ChallengeTerms terms) =>
        terms.Open(
            caller,
            setup,
            audio =>
            {
                var challenge = new ChallengeCall(caller, setup, audio, terms);
                if (challenge.TryProgress("challenge"))
                {
                    challenge.Do(challenge._script.Begin(challenge.Now));
                }
            }
        );

    /// <inheritdoc/>
    public override void OnRequest(Call call, IncomingRequest request)
    {
        if (request.Request.Method == SipMethod.Info && InfoDigit.Of(request.Request) is { } digit)
        {
            request.Answer(200, default, Body.None);
            _tap.Info(digit, Setup.Services.MediaClock.Now);
        }
        else
        {
            request.AnswerByDefault();
        }
    }

    private protected override void OnDue()
    {
        if (_isLeaving)
        {
            Refuse();
        }
        else
        {
            Do(_script.Elapse(Now));
        }
    }

    /// <summary>Told on the media clock's thread, and on the lane for INFO.</summary>
    private void OnDigit(DtmfDigit digit) =>
        Setup.Lane.Post(
            new OnLane(() =>
            {
                if (!IsOver && !_isLeaving)
                {
                    _heardBy = digit.Source;
                    Do(_script.Press(digit.Digit, Now));
                }
            })
        );

    private void Do(ScriptStep step)
    {
        switch (step)
        {
            case ScriptStep.Ask:
                Ask();
                break;
            case ScriptStep.Hush:
                Hush();
                break;
            case ScriptStep.SayWrong:
                Say("wrong", "", OnPlayed);
                break;
            case ScriptStep.SayUnheard:
                Say("unheard", "", OnPlayed);
                break;
            case ScriptStep.Succeed:
                Pass();
                return;
            case ScriptStep.GiveUp:
                Leave();
                return;
        }

        WakeAt(_script.Due);
    }

    /// <summary>Another digit each time, so that pressing them all in a row, or the same again, leads nowhere.</summary>
    private void Ask()
    {
        string digits = "";
        while (digits.Length < _terms.Script.Count || digits == _script.Expected)
        {
            digits = digits.Length < _terms.Script.Count ? digits + Digit() : "";
        }

        _script.Expected = digits;
        Say(_script.Attempt == 1 ? "press-digits" : "press-digits-again", digits, OnPlayed);
    }

    private char Digit() => (char)('0' + Setup.Lane.Random.Next(10));

    private void OnPlayed() => Do(_script.Played(Now));

    private void Pass()
    {
        TryEnd();
        Audio.ListenNoMore();
        Hush();
        Setup.Journal.GateReason = $"challenge passed at attempt {_script.Attempt} by {Way(_heardBy)}";
        _terms.Passes?.Add(Setup.Parties.Caller, Setup.Parties.Callee);
        _terms.Passed(Audio);
    }

    private void Leave()
    {
        _isLeaving = true;
        Setup.Journal.GateReason = $"challenge failed after {_script.Attempt} attempts";
        Say("goodbye", "", Refuse);
        WakeAt(Now + LongestGoodbye);
    }

    private static string Way(DtmfSource source) =>
        source switch
        {
            DtmfSource.TelephoneEvent => "telephone event",
            DtmfSource.InBand => "tones in the audio",
            _ => "INFO",
        };
}
