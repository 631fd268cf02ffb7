using System.Runtime.CompilerServices;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.Relay;

/// <summary>
/// Early sessions (RFC 3959): what is early goes over ports of its own, towards the caller with an SSRC of its own, until the call is
/// answered.
/// </summary>
public sealed partial class RtpRelay
{
    /// <summary>How long the ports of an early session stay open after it: what was sent before its end may still be on its way.</summary>
    private const int TicksOpen = 50;

    private EarlySessionPort? _early;
    private EarlyCalleePort? _earlyCallee;
    private OutgoingStream? _toRegular;

    /// <summary>The caller's side of the early session that was offered; null where none was.</summary>
    public RelaySide? CallerEarly => _early?.Side;

    /// <summary>
    /// The caller is offered an early session. Nothing is played until it is agreed on, by <see cref="Negotiated"/> with
    /// <see cref="CallerEarly"/>, or <see cref="BeginRegularSession"/> says that the session itself is used. Call it before the relay is
    /// given to a clock.
    /// </summary>
    /// <param name="sockets">Where the caller sends early media to.</param>
    /// <param name="over">Told once, on the clock's thread, when the ports may be closed.</param>
    /// <returns>To be driven by the same clock; letting go of it closes the ports.</returns>
    public IMediaStream OfferEarlySession(RtpSocketPair sockets, Action<IMediaStream> over)
    {
        _near = new RelaySide(sockets, _policy, _random);
        _toRegular = _toCaller;
        _toCaller = new OutgoingStream(_near);
        _early = new EarlySessionPort(this, _near, over);
        return _early;
    }

    /// <summary>
    /// From now on the caller is spoken to in the session itself: the call is answered, or there is no early session after all.
    /// </summary>
    public void BeginRegularSession() => _requests.Enqueue(BeginRegular);

    /// <summary>
    /// Callees may send early media to a port of its own. Call it once, before <see cref="EarlySession"/>.
    /// </summary>
    /// <param name="sockets">The port.</param>
    /// <param name="over">Told once, on the clock's thread, when the ports may be closed.</param>
    /// <returns>To be driven by the same clock; letting go of it closes the ports.</returns>
    public IMediaStream OpenEarlyPort(RtpSocketPair sockets, Action<IMediaStream> over)
    {
        var port = new EarlyCalleePort(this, sockets, over);
        _requests.Enqueue(() => (_earlyCallee, Callee.EarlySockets) = (port, sockets));
        return port;
    }

    /// <summary>An early session was agreed on with a callee: one more early stream.</summary>
    /// <param name="fork">Its name, another than that of the session of the same early dialog.</param>
    /// <param name="audio">What was agreed on.</param>
    /// <param name="priority">As of <see cref="Early(string, NegotiatedAudio, int, MediaDirection?)"/>.</param>
    /// <param name="authorized">As there.</param>
    public void EarlySession(string fork, NegotiatedAudio audio, int priority, MediaDirection authorized) =>
        _requests.Enqueue(() => Describe(fork, audio, priority, authorized, isEarlySession: true));

    [SkipLocalsInit]
    internal void SweepEarly(RelaySide side, TimeSpan now)
    {
        _now = now;
        _requests.Serve();
        Span<byte> buffer = stackalloc byte[MaxDatagram];
        if (side == Callee)
        {
            side.SweepEarly(now, buffer, _packet);
            return;
        }
        side.Sweep(now, buffer, _packet);
        if (side == _near)
        {
            side.Report(_toCaller.TimestampAt(now), now);
        }
    }

    private void BeginRegular()
    {
        if (_early is not { } early || _near == Caller)
        {
            return;
        }
        early.End(_toCaller.TimestampAt(_now), TicksOpen);
        (Caller.Tap, _near.Tap) = (_near.Tap, null);
        _toRegular!.Heard = _toCaller.Heard;
        _toCaller.Close();
        (_toCaller, _near) = (_toRegular, Caller);
        _toCaller.BeginSource();
    }
}
