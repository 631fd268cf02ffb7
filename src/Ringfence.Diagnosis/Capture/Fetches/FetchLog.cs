namespace Ringfence.Diagnosis.Capture.Fetches;

/// <summary>
/// What a capture shows of fetches over https, as verifiers make them for the certificate of a PASSporT (RFC 8224 §6.2): names that were asked for,
/// connections, TLS and, where keys are known, HTTP. Bounded: the oldest go first.
/// </summary>
internal sealed class FetchLog
{
    private const int MaxSteps = 8_192;
    private const int MaxHosts = 16_384;

    // Names have a queue of their own: other services may ask for many.
    private readonly Queue<FetchStep> _names = new();
    private readonly Queue<FetchStep> _steps = new();
    private readonly Dictionary<AddressBits, string> _hosts = [];

    /// <summary>Whether certificates are fetched from this port: verifiers open no other.</summary>
    public static bool IsWeb(ushort port) => port is 443 or 8443;

    /// <summary>Everything that is kept, in the order of time.</summary>
    public IReadOnlyList<FetchStep> Steps => [.. _names.Concat(_steps).OrderBy(step => step.Time)];

    /// <summary>Notes what happened; a server that nothing has named bears the name that DNS gave for its address.</summary>
    public void Note(FetchStep step)
    {
        if (step.Host.Length == 0 && _hosts.TryGetValue(step.Server.Bits, out var host))
        {
            step = step with { Host = host };
        }

        var queue = step.Kind <= FetchStepKind.NameRefused ? _names : _steps;
        if (queue.Count >= MaxSteps)
        {
            _ = queue.Dequeue();
        }

        queue.Enqueue(step);
    }

    /// <summary>A datagram from or to a name server.</summary>
    public void Name(in FrameStamp stamp, PacketAddress source, PacketAddress destination, ReadOnlySpan<byte> message)
    {
        if (!DnsMessage.TryRead(message, out var dns))
        {
            return;
        }

        var (client, server) = dns.IsResponse ? (destination, source) : (source, destination);
        foreach (var address in dns.Addresses)
        {
            if (_hosts.Count >= MaxHosts)
            {
                _hosts.Clear();
            }

            _hosts[address] = dns.Name;
        }

        var kind =
            !dns.IsResponse ? FetchStepKind.NameAsked
            : dns.Addresses.Count > 0 ? FetchStepKind.NameFound
            : FetchStepKind.NameRefused;
        Note(new FetchStep(kind, stamp.Number, stamp.Time, client, server, dns.Name, dns.Outcome));
    }
}
