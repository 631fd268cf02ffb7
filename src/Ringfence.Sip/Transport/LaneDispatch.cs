using System.Diagnostics.CodeAnalysis;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>
/// A lane's way in: takes what its sockets receive, drops what is no message, keeps what is its own and hands the rest to the
/// lane of its Call-ID.
/// </summary>
internal sealed class LaneDispatch(Lane lane, ParserLimits limits)
{
    private const int RetryAfterLeast = 5;
    private const int RetryAfterSpread = 6;

    private readonly StatelessReply _reply = new(KeyedHash.From(lane.Random));
    private LaneDispatch[] _all = [];

    internal Lane Lane => lane;

    internal LaneCounters Counters { get; } = new();

    internal IMessageSink Sink { get; private set; } = null!;

    internal LaneWire Wire { get; private set; } = null!;

    /// <summary>Joins it to its wire, its sink and the other lanes; before the first message.</summary>
    [MemberNotNull(nameof(Sink), nameof(Wire))]
    internal void Connect(LaneWire wire, IMessageSink sink, LaneDispatch[] all)
    {
        Wire = wire;
        Sink = sink;
        _all = all;
    }

    /// <summary>One datagram, on the lane's thread.</summary>
    internal void OnDatagram(in Peer from, ReadOnlySpan<byte> datagram)
    {
        Counters.Received++;
        switch (Datagrams.Classify(datagram))
        {
            case DatagramKind.KeepAlive:
                Counters.KeepAlives++;
                return;
            case DatagramKind.Stun:
                Counters.Stun++;
                return;
        }

        ParseResult result = SipParser.Parse(datagram, limits);
        // Port 0 cannot be answered, so nobody honest sends from it.
        if (result.Message is null || from.Port == 0)
        {
            Counters.NotSip++;
            return;
        }

        if (Admit(result))
        {
            Deliver(from, result);
        }
    }

    /// <summary>False for a malformed response, which is dropped (RFC 3261 §18.1.2). Counts what is malformed.</summary>
    private bool Admit(in ParseResult result)
    {
        if (!result.Malformed.IsFault)
        {
            return true;
        }

        bool isRequest = result.Message is SipRequest;
        Counters.MalformedRequests += isRequest ? 1 : 0;
        Counters.MalformedResponses += isRequest ? 0 : 1;
        return isRequest;
    }

    private void Deliver(in Peer from, in ParseResult result)
    {
        LaneDispatch owner = _all[lane.Group!.LaneOf(result.Message!.Value(HeaderId.CallId))];
        if (owner == this)
        {
            Sink.OnMessage(from, result);
        }
        else if (owner.Lane.Post(new ArrivedMessage(owner, from, result)))
        {
            Counters.HandedOver++;
        }
        else if (result.Message is SipRequest { Method: not SipMethod.Ack } request)
        {
            // Callers that are refused together are not to come back together.
            int retryAfter = RetryAfterLeast + lane.Random.Next(RetryAfterSpread);
            Wire.Send(
                ReplyRoute.For(from, request),
                _reply.Write(from, request, 503, "Service Unavailable"u8, retryAfter)
            );
            Counters.RefusedForRoom++;
        }
        else
        {
            Counters.DroppedForRoom++;
        }
    }
}
