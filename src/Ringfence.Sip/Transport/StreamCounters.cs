namespace Ringfence.Sip.Transport;

/// <summary>What the stream transports have counted. Changed from any thread, by Interlocked.</summary>
internal sealed class StreamCounters
{
    internal long Accepted;
    internal long Opened;
    internal long ConnectFailed;
    internal long RefusedFull;
    internal long RefusedPerSource;
    internal long TimedOut;
    internal long Received;
    internal long Sent;
    internal long QueueFull;
    internal long Pings;
    internal long Malformed;
    internal long Paused;
    internal long TlsRefused;
    internal long UpgradesRefused;
    internal long FlowsFailed;
    internal long Faults;
}
