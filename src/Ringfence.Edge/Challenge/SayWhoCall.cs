using System.Globalization;
using Ringfence.Edge.Stages;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Prompts;
using Ringfence.Media.Relay;
using Ringfence.Media.Tones;
using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Challenge;

/// <summary>
/// Challenge: who is it? The caller says a name in early media, asked twice at most. Who says one goes on to the callee, which hears
/// the name and decides; who says none hears goodbye and is refused. There is never a 200 before the callee has accepted.
/// </summary>
internal sealed class SayWhoCall : SpokenCall
{
    private const int Attempts = 2;

    /// <summary>The recorder ends by itself after four seconds of packets; this is for callers that send none.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4.5);

    /// <summary>Longer than any prompt: if its end is never heard of, the call goes on all the same.</summary>
    private static readonly TimeSpan LongestPrompt = TimeSpan.FromSeconds(15);

    private static readonly ToneCadence Tone = ToneCadence.Continuous(1_000, -13);
    private static readonly TimeSpan ToneLength = TimeSpan.FromMilliseconds(250);

    private readonly ChallengeTerms _terms;
    private NameTap? _tap;
    private Action? _next;
    private int _attempt;

    private SayWhoCall(IncomingCall caller, GateSetup setup, CallerAudio audio, ChallengeTerms terms)
        : base(caller, setup, audio, terms.Prompts, terms.Refuse) => _terms = terms;

    /// <summary>Challenges a caller. What comes of it is told by the terms, now or later.</summary>
    internal static void Begin(IncomingCall caller, GateSetup setup, ChallengeTerms terms) =>
        terms.Open(
            caller,
            setup,
            audio =>
            {
                var challenge = new SayWhoCall(caller, setup, audio, terms);
                if (challenge.TryProgress("challenge"))
                {
                    challenge.Ask();
                }
            }
        );

    private protected override void OnDue() => _next!();

    private void Ask()
    {
        Phrase question = Prompts.Say(Language, ++_attempt == 1 ? "say-who" : "say-who-again");
        Play(
            ended => new ToldSource(
                new SequenceSource(new PhraseSource(question, lead: Lead), new ToneSource(Tone, ToneLength)),
                ended
            ),
            Record
        );
        Then(Record, LongestPrompt);
    }

    private void Record()
    {
        NegotiatedAudio audio = Audio.Opened.Audio!;
        var tap = new NameTap(audio, () => Setup.Lane.Post(new OnLane(OnRecorded)));
        _tap = tap;
        Hush();
        Audio.Opened.Relay.Tap(Audio.Opened.Relay.Caller, tap);
        Then(OnRecorded, Longest);
    }

    private void OnRecorded()
    {
        if (IsOver || _tap is not { } tap)
        {
            return;
        }

        _tap = null;
        Audio.ListenNoMore();
        if (tap.Take() is { } name)
        {
            Introduce(name);
        }
        else if (_attempt < Attempts)
        {
            Ask();
        }
        else
        {
            Setup.Journal.GateReason = $"challenge failed: no name was said in {_attempt} attempts";
            Say("goodbye", "", Refuse);
            Then(Refuse, LongestPrompt);
        }
    }

    private void Introduce(short[] name)
    {
        double seconds = (double)name.Length / NameTap.SampleRate;
        Setup.Journal.GateReason = string.Create(
            CultureInfo.InvariantCulture,
            $"name recorded at attempt {_attempt} ({seconds:0.0} s)"
        );
        Audio.Introduction = new Introduction(
            name,
            Prompts,
            () => _terms.Passes?.Add(Setup.Parties.Caller, Setup.Parties.Callee),
            _terms.Declined
        );
        Say("asking", "", Pass);
        Then(Pass, LongestPrompt);
    }

    private void Pass()
    {
        if (TryEnd())
        {
            Hush();
            _terms.Passed(Audio);
        }
    }

    /// <summary>Goes on with this when nothing else has happened until then.</summary>
    private void Then(Action next, TimeSpan after)
    {
        _next = next;
        WakeAt(Now + after);
    }
}
