using System.Net;
using Ringfence.Media.Codecs;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Relay;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.Tests.Relay;

/// <summary>A relay between two telephones on loopback, driven by hand.</summary>
public abstract class RelayHarness : IDisposable
{
    private protected static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private protected ManualTime Time { get; } = new();
    private protected MediaClock Clock { get; }
    private protected RtpRelay Relay { get; }
    private protected RelayPeer Caller { get; }
    private protected RelayPeer Callee { get; }

    private protected RelayHarness()
    {
        var range = new RtpPortRange(IPAddress.Loopback, 29000, 29999, new Random(Environment.ProcessId));
        Relay = new RtpRelay(range.Open()!, range.Open()!, SourceLockPolicy.Learn, new Random(7));
        Clock = new MediaClock(Time);
        Clock.Add(Relay);
        Caller = new RelayPeer(Relay.Caller.LocalEndPoint, 0xA, 0);
        Callee = new RelayPeer(Relay.Callee.LocalEndPoint, 0xB, 8);
        Relay.Negotiated(Relay.Caller, Audio(Caller, AudioFormat.Pcmu, 0, 101));
        Relay.Negotiated(Relay.Callee, Audio(Callee, AudioFormat.Pcma, 8, 96));
        Clock.Advance();
    }

    public void Dispose()
    {
        Clock.Dispose();
        Caller.Dispose();
        Callee.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static NegotiatedAudio Audio(RelayPeer peer, AudioFormat format, byte type, byte events) =>
        new()
        {
            MediaIndex = 0,
            Send = new RtpMap(type, format, null),
            ReceivePayloadType = type,
            SendEvents = new RtpMap(events, AudioFormat.TelephoneEvent, "0-15"),
            ReceiveEvents = events,
            Remote = peer.LocalEndPoint,
            Direction = MediaDirection.SendRecv,
            PacketTime = 20,
        };

    private protected void Run(int milliseconds, bool calleeSends = false, bool callerSends = false)
    {
        for (var elapsed = 0; elapsed < milliseconds; elapsed += 5)
        {
            if (elapsed % 20 == 0)
            {
                if (calleeSends)
                {
                    Callee.Send();
                }
                if (callerSends)
                {
                    Caller.Send();
                }
            }
            Time.Advance(Step);
            Clock.Advance();
            Caller.Drain();
            Callee.Drain();
        }
        if (!calleeSends)
        {
            Callee.Pause(milliseconds);
        }
        if (!callerSends)
        {
            Caller.Pause(milliseconds);
        }
    }
}
