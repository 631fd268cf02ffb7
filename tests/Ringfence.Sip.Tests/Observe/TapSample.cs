using System.Net;
using Ringfence.Sip.Observe;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Observe;

/// <summary>Messages as a tap sees them.</summary>
internal static class TapSample
{
    public static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 30, 15, 250, TimeSpan.Zero);

    public static void Show(
        IMessageTap tap,
        byte[] bytes,
        TransportKind kind = TransportKind.Udp,
        bool isIncoming = true,
        string local = "192.0.2.1:5060",
        string remote = "198.51.100.7:5062"
    ) =>
        tap.OnMessage(
            new TappedMessage
            {
                IsIncoming = isIncoming,
                Local = Peer.From(kind, IPEndPoint.Parse(local)),
                Remote = Peer.From(kind, IPEndPoint.Parse(remote)),
                Time = Time,
                Bytes = bytes,
            }
        );
}
