using System.Net;
using System.Net.Sockets;
using Ringfence.Media.Codecs;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Relay;

/// <summary>
/// A few calls that the media of a process has with itself, on loopback and in a time of its own: what the runtime compiles when it
/// is first needed, and again when it turns out to be needed often, is compiled before the first callers wait for it.
/// </summary>
public static class RelayRehearsal
{
    /// <summary>The runtime counts calls only after it has had nothing new to compile for a tenth of a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private const int Passes = 4;
    private const int Frames = 60;
    private static int _begun;

    /// <summary>Rehearses, the first time that a process asks for it.</summary>
    /// <param name="time">Gives the pauses.</param>
    /// <param name="ending">Ends it early.</param>
    public static async Task RunAsync(TimeProvider time, CancellationToken ending)
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            return;
        }
        for (var pass = 0; pass < Passes && !ending.IsCancellationRequested; pass++)
        {
            await Task.Delay(Pause, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                Rehearse();
            }
            catch (SocketException)
            {
                // Without a socket to spare nothing is gained by trying again.
                return;
            }
        }
    }

    private static void Rehearse()
    {
        var time = new OwnTime();
        using var clock = new MediaClock(time);
        using var caller = RtpSocket.Open(Anywhere);
        using var callee = RtpSocket.Open(Anywhere);
        if (caller is null || callee is null)
        {
            return;
        }
        List<RtpRelay> relays =
        [
            Relay(clock, caller, callee, AudioFormat.Pcmu, null),
            Relay(clock, caller, callee, AudioFormat.Pcma, SrtpSuite.AesCm128Sha180),
        ];
        var ringback = TonePlan.Default.ByCountry("US")!.Ringback.Cadence;
        relays.ForEach(relay => relay.Play(new ToneSource(ringback)));
        Drive(clock, time, relays, caller, callee);
        relays.ForEach(relay => relay.PassThrough());
        Drive(clock, time, relays, caller, callee);
    }

    private static IPEndPoint Anywhere => new(IPAddress.Loopback, 0);

    private static RtpRelay Relay(
        MediaClock clock,
        RtpSocket caller,
        RtpSocket callee,
        AudioFormat format,
        SrtpSuite? suite
    )
    {
        var relay = new RtpRelay(Pair(), Pair(), SourceLockPolicy.Learn, new Random(1));
        relay.Negotiated(relay.Caller, Audio(caller, format, format == AudioFormat.Pcmu ? (byte)0 : (byte)8));
        relay.Negotiated(relay.Callee, Audio(callee, AudioFormat.Pcmu, 0));
        if (suite is not null)
        {
            relay.Secure(relay.Caller, SrtpMasterKey.Create(suite), SrtpMasterKey.Create(suite));
        }
        clock.Add(relay);
        return relay;
    }

    private static RtpSocketPair Pair() =>
        RtpSocket.Open(Anywhere) is { } rtp && RtpSocket.Open(Anywhere) is { } rtcp
            ? new RtpSocketPair(rtp, rtcp, null)
            : throw new SocketException((int)SocketError.TooManyOpenSockets);

    private static NegotiatedAudio Audio(RtpSocket peer, AudioFormat format, byte type) =>
        new()
        {
            MediaIndex = 0,
            Send = new RtpMap(type, format, null),
            ReceivePayloadType = type,
            Remote = peer.LocalEndPoint,
            Direction = MediaDirection.SendRecv,
            PacketTime = 20,
        };

    private static void Drive(MediaClock clock, OwnTime time, List<RtpRelay> relays, RtpSocket caller, RtpSocket callee)
    {
        var sender = new RtpSender(1, 1, 1);
        var targets = relays.ConvertAll(relay => relay.Callee.LocalEndPoint.Serialize());
        var datagram = new byte[RtpPacket.HeaderLength + 160];
        for (var frame = 0; frame < Frames; frame++)
        {
            sender.WriteAudio(datagram, 0, 160, 160);
            targets.ForEach(target => callee.Send(datagram, target));
            for (var step = 0; step < MediaClock.Phases; step++)
            {
                time.Advance(MediaClock.Interval / MediaClock.Phases);
                clock.Advance();
            }
            while (caller.Receive(datagram) >= 0) { }
        }
    }

    private sealed class OwnTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan time) => _now += time.Ticks;
    }
}
