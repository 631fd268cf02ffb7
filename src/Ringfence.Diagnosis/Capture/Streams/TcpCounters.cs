using Ringfence.Diagnosis.Capture.Fetches;

namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>What could not be read of streams.</summary>
internal sealed class TcpCounters
{
    public long Gaps { get; set; }

    public long UndecryptedSessions { get; set; }

    public long TlsWithoutBeginning { get; set; }

    public long UnknownTlsCiphers { get; set; }

    public List<TlsAlert> Alerts { get; } = [];

    public FetchLog Fetches { get; } = new();
}
