using System.Net;
using Ringfence.Media.Codecs;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Relay;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Tests.Relay;

/// <summary>Early sessions (RFC 3959) in the relay: towards the caller, and from callees.</summary>
public sealed class EarlySessionRelayTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private readonly ManualTime _time = new();
    private readonly RtpPortRange _ports = new(IPAddress.Loopback, 29000, 29999, new Random(Environment.ProcessId));
    private readonly MediaClock _clock;
    private readonly RtpRelay _relay;
    private readonly RtpSocketPair _earlyPorts;
    private readonly RelayPeer _regular;
    private readonly RelayPeer _early;
    private readonly RelayPeer _callee;
    private readonly ToneSource _tone = new(TonePlan.Default.ByCountry("US")!.Ringback.Cadence);
    private bool _isClosed;

    public EarlySessionRelayTests()
    {
        _clock = new MediaClock(_time);
        _relay = new RtpRelay(_ports.Open()!, _ports.Open()!, SourceLockPolicy.Learn, new Random(7));
        _earlyPorts = _ports.Open()!;
        IMediaStream early = _relay.OfferEarlySession(
            _earlyPorts,
            port =>
            {
                _isClosed = true;
                _clock.Remove(port);
            }
        );
        _clock.Add(_relay);
        _clock.Add(early);
        _regular = new RelayPeer(_relay.Caller.LocalEndPoint, 0xA, 0);
        _early = new RelayPeer(_relay.CallerEarly!.LocalEndPoint, 0xE, 0);
        _callee = new RelayPeer(_relay.Callee.LocalEndPoint, 0xB, 8);
        _relay.Negotiated(_relay.Caller, Audio(_regular, AudioFormat.Pcmu, 0));
        _relay.Early("fork", Audio(_callee, AudioFormat.Pcma, 8));
    }

    public void Dispose()
    {
        _clock.Dispose();
        _regular.Dispose();
        _early.Dispose();
        _callee.Dispose();
    }

    [Fact]
    public void What_is_early_goes_over_the_early_session_and_the_session_begins_with_the_answer()
    {
        _ = _relay.Play(_tone);
        Run(200);
        (_early.Received.Count + _regular.Received.Count).ShouldBe(0, "nothing is agreed on yet");

        _relay.Negotiated(_relay.CallerEarly!, Audio(_early, AudioFormat.Pcmu, 0));
        Run(1000);
        int heard = _early.Received.Count;
        heard.ShouldBeInRange(49, 51);
        _regular.Received.ShouldBeEmpty();
        _early.Received.Select(packet => packet.Header.Ssrc).Distinct().ShouldHaveSingleItem();

        _relay.PassThrough();
        _relay.Answered("fork");
        _relay.BeginRegularSession();
        Run(1000, calleeSends: true);
        _early.Received.Count.ShouldBe(heard);
        _regular.Received.Count.ShouldBeGreaterThan(40);
        _regular.Received[0].Header.Marker.ShouldBeTrue();
        _regular.Received.Select(packet => packet.Header.Ssrc).Distinct().ShouldHaveSingleItem();
        _regular.Received[0].Header.Ssrc.ShouldNotBe(_early.Received[0].Header.Ssrc);
        Run(100);
        _isClosed.ShouldBeTrue();
    }

    [Fact]
    public void The_caller_is_heard_in_the_session_that_it_is_spoken_to_in_and_in_no_other()
    {
        _relay.Negotiated(_relay.CallerEarly!, Audio(_early, AudioFormat.Pcmu, 0));
        _relay.PassThrough();
        Run(200, callerSends: true);
        _callee.Received.ShouldBeEmpty();
        Run(200, earlySends: true);
        int all = _callee.Received.Count;
        all.ShouldBeGreaterThan(5);

        _relay.Answered("fork");
        _relay.BeginRegularSession();
        Run(20);
        Run(200, earlySends: true);
        _callee.Received.Count.ShouldBe(all);
        Run(200, callerSends: true);
        _callee.Received.Count.ShouldBeGreaterThan(all + 5);
    }

    [Fact]
    public void Without_an_answer_what_is_early_goes_over_the_session()
    {
        _ = _relay.Play(_tone);
        Run(100);
        _relay.BeginRegularSession();
        Run(1000);
        _regular.Received.Count.ShouldBeInRange(49, 51);
        _early.Received.ShouldBeEmpty();
        Run(100);
        _isClosed.ShouldBeTrue();
    }

    [Fact]
    public void A_callees_early_session_comes_to_a_port_of_its_own_and_ends_with_the_answer()
    {
        RtpSocketPair ports = _ports.Open()!;
        _clock.Add(_relay.OpenEarlyPort(ports, _clock.Remove));
        using var announcing = new RelayPeer(ports.Rtp.LocalEndPoint, 0xC, 0);
        using var stranger = new RelayPeer(ports.Rtp.LocalEndPoint, 0xD, 0);
        _relay.Ended("fork");
        _relay.EarlySession("fork/early", Audio(announcing, AudioFormat.Pcmu, 0), 0, MediaDirection.SendRecv);
        _relay.Negotiated(_relay.CallerEarly!, Audio(_early, AudioFormat.Pcmu, 0));
        _relay.PassThrough();
        Run(400, announcing, earlySends: true);
        int heard = _early.Received.Count;
        heard.ShouldBeGreaterThan(15);
        announcing.Received.Count.ShouldBeGreaterThan(15, "the caller's early media goes there");
        Run(100, stranger);
        _early.Received.Count.ShouldBeLessThan(heard + 3);

        _relay.Early("fork", Audio(_callee, AudioFormat.Pcma, 8));
        _relay.Answered("fork");
        _relay.BeginRegularSession();
        Run(200, announcing);
        _regular.Received.ShouldBeEmpty();
        Run(200, _callee);
        _regular.Received.Count.ShouldBeGreaterThan(7);
    }

    private static NegotiatedAudio Audio(RelayPeer peer, AudioFormat format, byte type) =>
        new()
        {
            MediaIndex = 0,
            Send = new RtpMap(type, format, null),
            ReceivePayloadType = type,
            Remote = peer.LocalEndPoint,
            Direction = MediaDirection.SendRecv,
            PacketTime = 20,
        };

    private void Run(
        int milliseconds,
        RelayPeer? alsoSends = null,
        bool calleeSends = false,
        bool callerSends = false,
        bool earlySends = false
    )
    {
        RelayPeer?[] senders =
        [
            alsoSends,
            calleeSends ? _callee : null,
            callerSends ? _regular : null,
            earlySends ? _early : null,
        ];
        for (var elapsed = 0; elapsed < milliseconds; elapsed += 5)
        {
            if (elapsed % 20 == 0)
            {
                foreach (RelayPeer sender in senders.OfType<RelayPeer>().Distinct())
                {
                    sender.Send();
                }
            }
            _time.Advance(Step);
            _clock.Advance();
            _regular.Drain();
            _early.Drain();
            _callee.Drain();
            alsoSends?.Drain();
        }
    }
}
