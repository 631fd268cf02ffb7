using System.Text;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Sdp;
using Ringfence.Media.Tones;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;

namespace Ringfence.Callers;

/// <summary>A test callee: progresses, plays, answers or refuses, as its plan says.</summary>
internal sealed class AnsweringParty(UserAgent agent, AnswerPlan plan) : ICallHandler
{
    private int _calls;

    /// <summary>Calls that have ended.</summary>
    internal int Ended => Volatile.Read(ref _calls);

    /// <summary>Told of each ended call: who called, and how it ended.</summary>
    internal Action<string, CallEnd>? OnCallEnded { get; init; }

    /// <summary>Told of what each ended call heard.</summary>
    internal Action<short[]>? OnHeard { get; init; }

    /// <inheritdoc/>
    public void OnInvite(IncomingCall call)
    {
        SdpParseResult offer = SdpParser.Parse(UserAgent.SdpOf(call.Request));
        if (!offer.IsParsed || agent.OpenVoice() is not { } voice)
        {
            call.Refuse(offer.IsParsed ? 503 : 488, default);
            return;
        }

        AnswerResult answer = AudioAnswer.Create(offer.Session, agent.Describe(voice));
        if (!answer.IsAnswered)
        {
            agent.Close(voice);
            call.Refuse(488, default);
            return;
        }

        var answering = new Answering(this, call, voice, answer);
        call.Listener = answering;
        answering.Begin();
    }

    /// <summary>What one call does in its time.</summary>
    private sealed class Answering(AnsweringParty party, IncomingCall call, AudioParty voice, AnswerResult answer)
        : TimerEntry,
            IIncomingCallListener
    {
        private AudioParty? _early;
        private byte[] _earlyOffer = [];
        private bool _isAnswered;

        private AnswerPlan Plan => party.Plan;

        internal void Begin()
        {
            voice.Agreed(answer.Audio!);
            call.TakesEarlySession = Plan.EarlySession;
            Body body = Plan.EarlyMedia ? Body.Sdp(answer.Body!) : Body.None;
            if (Plan.Progress > 100 && call.MayOfferEarlySession && party.Agent.OpenVoice() is { } early)
            {
                _early = early;
                _earlyOffer = EarlySessionAudio.Offer(party.Agent.Describe(early), answer.Audio!);
                body = Body.EarlySdp(_earlyOffer, answer.Body!);
            }

            if (Plan.Progress > 100)
            {
                call.Progress(Plan.Progress, default, body);
            }

            if (Plan.EarlyMedia && _early is null)
            {
                voice.Play(Source());
            }

            if (Plan.Final > 0)
            {
                party.Agent.Lane.Timers.Arm(this, (long)Plan.After.TotalMilliseconds);
            }
        }

        /// <inheritdoc/>
        public void OnEarlyAnswer(IncomingCall progressed, ReadOnlyMemory<byte> answered)
        {
            bool isAgreed =
                EarlySessionAudio.Accept(_earlyOffer, answered.Span, out NegotiatedAudio? audio)
                == EarlySessionAnswer.Accepted;
            if (isAgreed)
            {
                _early!.Agreed(audio!);
            }

            if (!_isAnswered)
            {
                (isAgreed ? _early! : voice).Play(Source());
            }
        }

        /// <inheritdoc/>
        protected override void OnDue(long now)
        {
            if (_isAnswered)
            {
                voice.Press(Plan.Press!.Value);
            }
            else if (Plan.Final is >= 200 and < 300)
            {
                _early?.Play(null);
                voice.Play(Plan.Play is null ? static frame => Array.Clear(frame) : Source());
                call.Answer(Body.Sdp(answer.Body!));
                _isAnswered = true;
                if (Plan.Press is not null)
                {
                    party.Agent.Lane.Timers.Arm(this, (long)Plan.PressAfter.TotalMilliseconds);
                }
            }
            else
            {
                call.Refuse(Plan.Final, Encoding.UTF8.GetBytes(Plan.Phrase));
            }
        }

        /// <inheritdoc/>
        public void OnEnded(Call ended, CallEnd end, SipMessage? message)
        {
            party.Agent.Lane.Timers.Disarm(this);
            party.OnHeard?.Invoke(voice.Heard());
            party.Agent.Close(voice);
            if (_early is { } early)
            {
                party.Agent.Close(early);
            }

            Interlocked.Increment(ref party._calls);
            party.OnCallEnded?.Invoke(Encoding.UTF8.GetString(call.Request.Value(HeaderId.From)), end);
        }

        private Action<short[]> Source()
        {
            if (Plan.Play is { } samples)
            {
                int at = 0;
                return frame =>
                {
                    for (int i = 0; i < frame.Length; i++)
                    {
                        frame[i] = samples[at++ % samples.Length];
                    }
                };
            }

            var tone = new ToneGenerator(TonePlan.Default.ByCountry(Plan.Ringback)!.Ringback.Cadence, 8_000);
            return frame => tone.Read(frame);
        }
    }

    private AnswerPlan Plan => plan;

    private UserAgent Agent => agent;
}
