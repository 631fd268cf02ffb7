namespace Ringfence.Sip.Transport;

/// <summary>What a <see cref="SipTransport"/> has counted since it began, all lanes together.</summary>
public sealed record TransportCounters
{
    /// <summary>Datagrams received, of whatever kind.</summary>
    public long DatagramsReceived { get; init; }

    /// <summary>Datagrams sent.</summary>
    public long DatagramsSent { get; init; }

    /// <summary>Datagrams that the network refused at once.</summary>
    public long DatagramsFailed { get; init; }

    /// <summary>Datagrams that the kernel dropped because a socket's buffer was full (RcvbufErrors); Linux only.</summary>
    public long DatagramsOverflowed { get; init; }

    /// <summary>Keep-alives dropped: empty datagrams, single bytes, CRLF.</summary>
    public long KeepAlives { get; init; }

    /// <summary>STUN datagrams dropped.</summary>
    public long Stun { get; init; }

    /// <summary>Datagrams dropped because they are not SIP.</summary>
    public long NotSip { get; init; }

    /// <summary>Malformed requests over UDP, handed on to be answered.</summary>
    public long MalformedRequests { get; init; }

    /// <summary>Malformed responses over UDP, dropped (RFC 3261 §18.1.2).</summary>
    public long MalformedResponses { get; init; }

    /// <summary>Messages handed to another lane than the one that received them.</summary>
    public long HandedOver { get; init; }

    /// <summary>Requests answered 503 because their lane had no room.</summary>
    public long RefusedForRoom { get; init; }

    /// <summary>ACKs and responses dropped because their lane had no room.</summary>
    public long DroppedForRoom { get; init; }

    /// <summary>Exceptions that escaped from the code of a lane or a connection.</summary>
    public long Faults { get; init; }

    /// <summary>Stream connections open now.</summary>
    public int ConnectionsOpen { get; init; }

    /// <summary>Stream connections accepted.</summary>
    public long ConnectionsAccepted { get; init; }

    /// <summary>Stream connections opened.</summary>
    public long ConnectionsOpened { get; init; }

    /// <summary>Stream connections that could not be opened.</summary>
    public long ConnectionsFailed { get; init; }

    /// <summary>Stream connections turned away because there are too many.</summary>
    public long ConnectionsRefusedFull { get; init; }

    /// <summary>Stream connections turned away because their source has too many.</summary>
    public long ConnectionsRefusedPerSource { get; init; }

    /// <summary>Stream connections closed because they were silent or slow.</summary>
    public long ConnectionsTimedOut { get; init; }

    /// <summary>Messages received over streams.</summary>
    public long StreamReceived { get; init; }

    /// <summary>Messages sent over streams.</summary>
    public long StreamSent { get; init; }

    /// <summary>Messages refused because their connection's queue was full.</summary>
    public long StreamQueueFull { get; init; }

    /// <summary>Keep-alives answered on streams.</summary>
    public long StreamPings { get; init; }

    /// <summary>Streams that could not be followed and were closed, and malformed responses on streams, dropped.</summary>
    public long StreamMalformed { get; init; }

    /// <summary>How often a stream was not read further because its lane had no room.</summary>
    public long StreamPaused { get; init; }

    /// <summary>TLS connections, of either direction, that ended before a message was sent: see <see cref="TlsFault"/>.</summary>
    public long TlsRefused { get; init; }

    /// <summary>WebSocket requests that were refused.</summary>
    public long UpgradesRefused { get; init; }

    /// <summary>Flows whose keep-alive was not answered in time (RFC 5626 §4.4.1).</summary>
    public long FlowsFailed { get; init; }
}
