using System.Diagnostics;
using System.Text;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Sdp;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Callers;

/// <summary>One test call from INVITE to its end. Its events come on the agent's lane.</summary>
internal sealed class PlacedCall : LaneWork, IOutgoingCallListener
{
    private readonly UserAgent _agent;
    private readonly CallPlan _plan;
    private readonly AudioParty _voice;
    private readonly AudioParty? _early;
    private readonly byte[] _offer;
    private readonly List<ReceivedResponse> _responses = [];
    private readonly TaskCompletionSource _final = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _started;
    private TimeSpan _mediaStart;
    private int? _answered;
    private bool _isPlaying;
    private bool _hasEarlySession;
    private OutgoingCall? _call;

    private PlacedCall(UserAgent agent, CallPlan plan, AudioParty voice, AudioParty? early)
    {
        _agent = agent;
        _early = early;
        _plan = plan;
        _voice = voice;
        _offer = AudioOffer.Create(agent.Describe(voice));
    }

    /// <summary>Makes the call and waits for its end.</summary>
    internal static async Task<CallOutcome> MakeAsync(UserAgent agent, CallPlan plan, CancellationToken cancellation)
    {
        if (agent.OpenVoice() is not { } voice)
        {
            return new CallOutcome([], [], null, null, 0, 0, "no UDP port is free for RTP");
        }

        AudioParty? early = plan.EarlySession ? agent.OpenVoice() : null;
        var placed = new PlacedCall(agent, plan, voice, early);
        agent.Lane.Post(placed);
        await placed.RunAsync(cancellation).ConfigureAwait(false);
        CallOutcome outcome = placed.Outcome();
        agent.Close(voice);
        if (early is not null)
        {
            agent.Close(early);
        }

        return outcome;
    }

    /// <inheritdoc/>
    public override void Run(Lane lane)
    {
        _started = Stopwatch.GetTimestamp();
        _agent.Log.Started = _started;
        _mediaStart = _agent.MediaNow;
        byte[] uri = Encoding.UTF8.GetBytes(_plan.Uri);
        _call = _agent.Calls.Invite(
            new Invitation
            {
                Destination = _plan.Destination,
                RequestUri = uri,
                From = Encoding.UTF8.GetBytes($"<{_plan.From}>"),
                To = Encoding.UTF8.GetBytes($"<{_plan.Uri}>"),
                Headers = [.. _plan.Headers.Select(header => new HeaderField(header.Name, header.Value))],
                Body = Body.Sdp(_offer),
                TakesEarlySession = _early is not null,
                RingTimeout = (int)_plan.RingFor.TotalMilliseconds,
            },
            this
        );
    }

    /// <inheritdoc/>
    public void OnProgress(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        Note(response);
        Agree(response);
        AnswerEarly(call, dialog);
    }

    /// <inheritdoc/>
    public void OnAnswered(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        Note(response);
        Agree(response);
        _answered = Elapsed;
        if (_plan.Play is null)
        {
            _voice.Play(static frame => Array.Clear(frame));
        }

        _final.TrySetResult();
    }

    /// <inheritdoc/>
    public void OnRefused(OutgoingCall call, int statusCode, SipResponse? response)
    {
        if (response is not null)
        {
            Note(response);
        }
        else
        {
            _responses.Add(new ReceivedResponse(statusCode, "no response came", Elapsed, HasSdp: false, ""));
        }
    }

    /// <inheritdoc/>
    public void OnEnded(Call call, CallEnd end, SipMessage? message)
    {
        // What ends a call that was given up is no refusal, but it is its final response.
        if (end == CallEnd.GivenUp && message is SipResponse response)
        {
            Note(response);
        }

        _final.TrySetResult();
        _ended.TrySetResult();
    }

    private int Elapsed => (int)Stopwatch.GetElapsedTime(_started).TotalMilliseconds;

    private async Task RunAsync(CancellationToken cancellation)
    {
        await WaitAsync(_final.Task, _plan.CancelAfter, cancellation).ConfigureAwait(false);
        if (_final.Task.IsCompleted && !_ended.Task.IsCompleted)
        {
            await WaitAsync(_ended.Task, _plan.TalkFor, cancellation).ConfigureAwait(false);
        }

        if (!_ended.Task.IsCompleted)
        {
            _agent.Lane.Post(new OnLane(() => _call?.End()));
            await WaitAsync(_ended.Task, TimeSpan.FromSeconds(35), CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for a task, a time or the user's interruption, whichever comes first.</summary>
    private static async Task WaitAsync(Task task, TimeSpan? atMost, CancellationToken cancellation) =>
        await Task.WhenAny(task, Task.Delay(atMost ?? Timeout.InfiniteTimeSpan, cancellation)).ConfigureAwait(false);

    private void Note(SipResponse response) =>
        _responses.Add(
            new ReceivedResponse(
                response.StatusCode,
                Encoding.UTF8.GetString(response.ReasonPhrase),
                Elapsed,
                !response.Body.IsEmpty,
                string.Join(", ", ReasonsOf(response))
            )
        );

    private static List<string> ReasonsOf(SipResponse response)
    {
        List<string> reasons = [];
        foreach (ReadOnlySpan<byte> reason in response.Items(HeaderId.Reason))
        {
            reasons.Add(Encoding.UTF8.GetString(reason));
        }

        return reasons;
    }

    private void Agree(SipResponse response)
    {
        SdpParseResult offer = SdpParser.Parse(_offer);
        SdpParseResult answer = SdpParser.Parse(UserAgent.SdpOf(response));
        if (
            offer.IsParsed
            && answer.IsParsed
            && AudioOffer.Accept(offer.Session, answer.Session, out NegotiatedAudio? audio) == NegotiationFault.None
        )
        {
            _voice.Agreed(audio!);
            if (_plan.Play is { Length: > 0 } samples && !_isPlaying)
            {
                _isPlaying = true;
                _voice.Repeat(samples);
            }
        }
    }

    /// <summary>The answer to the offer of an early session is due in the PRACK.</summary>
    private void AnswerEarly(OutgoingCall call, Dialog dialog)
    {
        if (_early is not { } early || SdpParser.Parse(dialog.EarlyOffer.Span) is not { IsParsed: true } offer)
        {
            return;
        }

        AnswerResult answer = AudioAnswer.Create(offer.Session, _agent.Describe(early));
        if (answer.IsAnswered)
        {
            call.AcknowledgeProgress(dialog, Body.EarlySdp(answer.Body));
            early.Agreed(answer.Audio);
            _hasEarlySession = true;
        }
    }

    private CallOutcome Outcome()
    {
        TimeSpan? at = _early?.FirstPacket ?? _voice.FirstPacket;
        int? first = at is { } packet ? (int)(packet - _mediaStart).TotalMilliseconds : null;
        (long received, long lost) = _voice.Packets;
        (long early, long earlyLost) = _early?.Packets ?? default;
        return new CallOutcome(
            _responses,
            [.. _early?.Heard() ?? [], .. _voice.Heard()],
            first,
            _answered,
            received + early,
            lost + earlyLost
        )
        {
            HasEarlySession = _hasEarlySession,
        };
    }
}
