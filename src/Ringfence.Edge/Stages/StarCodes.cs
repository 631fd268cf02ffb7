using Ringfence.Edge.Challenge;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Telemetry;
using Ringfence.Media.Relay;
using Ringfence.Media.Tones;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Reputation;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Stages;

/// <summary>
/// A code that one of our users dials after a call: the last caller is unwanted, or was wanted after all. Two short tones say
/// that it was done, a long one that there was nothing to do; then the call ends.
/// </summary>
internal sealed class StarCodes : IIncomingCallListener
{
    private const int ToneMs = 1_500;
    private static readonly ToneCadence Confirmation = ToneCadence.Parse("0/400,425/150,0/150,425/150,0/2000", -13)!;
    private static readonly ToneCadence Error = ToneCadence.Parse("0/400,425/800,0/2000", -13)!;
    private readonly IncomingCall _call;
    private readonly GateSetup _setup;
    private readonly CallerAudio _audio;
    private bool _isOver;

    private StarCodes(IncomingCall call, GateSetup setup, CallerAudio audio)
    {
        _call = call;
        _setup = setup;
        _audio = audio;
    }

    /// <summary>True when a user of ours has dialled one of the codes.</summary>
    internal static bool Is(AdmittedCall admitted)
    {
        UnwantedConfiguration codes = admitted.State.Unwanted;
        ReadOnlySpan<byte> dialled = admitted.Parties.CalleeUser;
        return dialled.Length > 0
            && dialled[0] is (byte)'*' or (byte)'#'
            && codes.Users.Contains(admitted.Trunk.Name)
            && (Is(dialled, codes.BlockCode) || Is(dialled, codes.UndoCode));
    }

    /// <summary>Does what the code says, and tells the user.</summary>
    internal static void Serve(AdmittedCall admitted, GateSetup setup)
    {
        bool isBlock = Is(admitted.Parties.CalleeUser, admitted.State.Unwanted.BlockCode);
        bool isDone = Do(admitted, isBlock, setup);
        setup.Journal.Mode("code");
        CallerAudio.Open(
            admitted.Call,
            setup,
            (audio, statusCode) =>
            {
                if (audio is not null)
                {
                    var code = new StarCodes(admitted.Call, setup, audio);
                    admitted.Call.Listener = code;
                    setup.Journal.Answered();
                    audio.Opened.EarlySession?.Over();
                    admitted.Call.Answer(Body.Sdp(audio.Answer));
                    code.Tell(isDone);
                }
                else if (statusCode > 0)
                {
                    Refuse(admitted.Call, setup, isDone);
                }
            }
        );
    }

    /// <summary>Nobody to play a tone to; the Reason says what became of it.</summary>
    private static void Refuse(IncomingCall call, GateSetup setup, bool isDone)
    {
        HeaderField reason = new(
            HeaderId.Reason,
            isDone ? "SIP;cause=200;text=\"Done\"" : "SIP;cause=404;text=\"No call to speak of\""
        );
        call.Refuse(480, default, reason);
        setup.Journal.Refused(480);
        setup.Journal.Close("edge");
    }

    /// <inheritdoc/>
    public void OnEnded(Call call, CallEnd end, SipMessage? message)
    {
        if (!_isOver)
        {
            _isOver = true;
            _audio.Close();
            _setup.Journal.Close(end is CallEnd.ByeReceived or CallEnd.Cancelled ? "caller" : "edge");
        }
    }

    private static bool Is(ReadOnlySpan<byte> dialled, string code) => System.Text.Ascii.Equals(dialled, code);

    private static bool Do(AdmittedCall admitted, bool isBlock, GateSetup setup)
    {
        EdgeServices services = setup.Services;
        EvidenceBook book = services.Evidence;
        Party user = admitted.Parties.Caller;
        if (book.LastTo(user) is not { } last)
        {
            setup.Journal.GateReason = "code dialled: no call is known";
            return false;
        }

        if (!isBlock)
        {
            bool was = book.Forget(user, last.Caller);
            setup.Journal.GateReason = was ? $"code dialled: {last.Caller} unblocked" : "code dialled: nothing to undo";
            return was;
        }

        ReportOutcome outcome = book.Unwanted(last, ReportChannel.StarCode, setup.Lane.UtcNow);
        EdgeLog.Unwanted(services.Log, last.CallId, user.Text, last.Caller.Text, ReportChannel.StarCode, outcome);
        setup.Journal.GateReason = $"code dialled: {last.Caller} blocked ({outcome})";
        return outcome != ReportOutcome.NoIdentity;
    }

    private void Tell(bool isDone)
    {
        _audio.Play(new ToneSource(isDone ? Confirmation : Error));
        _setup.Lane.Timers.Arm(new LaneTimer(() => _call.End()), ToneMs);
    }
}
