using Ringfence.Edge.Gate;
using Ringfence.Edge.Stages;
using Ringfence.Media.Codecs;
using Ringfence.Media.Dtmf;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Relay;
using Ringfence.Media.Sdp;
using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Challenge;

/// <summary>
/// What the caller hears and says before anybody is called: the caller's side of a relay whose callee's side is still idle. It
/// goes on as the gate's relay afterwards, so that the caller gets one RTP stream from the first prompt to the last word.
/// </summary>
internal sealed class CallerAudio
{
    private CallerAudio(GateAudio opened) => Opened = opened;

    /// <summary>The relay with its caller's side, driven by the media clock; whoever holds this last closes it.</summary>
    internal GateAudio Opened { get; }

    /// <summary>The answer to the caller's offer: of the 183, and unchanged of the 200 (RFC 3261 §13.2.1).</summary>
    internal byte[] Answer => Opened.Answer;

    /// <summary>What the callee is to be asked before the caller is answered; null for nothing.</summary>
    internal Introduction? Introduction { get; set; }

    private RtpRelay Relay => Opened.Relay;

    /// <summary>
    /// Opens ports and answers the offer. Null when the caller cannot be spoken to: no offer, nothing in common, a direction in
    /// which the caller hears nothing (488), or no ports or border (503), or nobody any more (0).
    /// </summary>
    internal static void Open(IncomingCall caller, GateSetup setup, Action<CallerAudio?, int> opened) =>
        GateAudio.Open(
            caller,
            setup,
            isOfferNeeded: true,
            (audio, statusCode) =>
            {
                if (audio is not null && !CanBeSpokenTo(audio.Audio!))
                {
                    audio.Close();
                    opened(null, 488);
                    return;
                }

                opened(audio is null ? null : new CallerAudio(audio), statusCode);
            }
        );

    /// <summary>Plays something in place of whatever is played.</summary>
    internal void Play(IAudioSource source) => _ = Relay.Play(source);

    /// <summary>Plays nothing, in packets that go on.</summary>
    internal void Hush() => Play(new SilenceSource());

    /// <summary>Collects the caller's digits from the media; those of INFO are given to what is returned.</summary>
    internal DtmfTap Listen(Action<DtmfDigit> pressed)
    {
        var tap = new DtmfTap(Opened.Audio!, pressed);
        Relay.Tap(Relay.Caller, tap);
        return tap;
    }

    /// <summary>Collects no more digits.</summary>
    internal void ListenNoMore() => Relay.Tap(Relay.Caller, null);

    internal void Close() => Opened.Close();

    /// <summary>It hears what is sent, and what is to be sent can be made here.</summary>
    internal static bool CanBeSpokenTo(NegotiatedAudio audio)
    {
        using IAudioCodec? codec = AudioCodecs.Create(audio.Send.Format);
        return codec is not null && audio.Direction.Sends() && audio.Remote is not null;
    }
}
