namespace Ringfence.Diagnosis.Capture;

/// <summary>How to read captures. The limits bound memory whatever the input holds.</summary>
public sealed record CaptureOptions
{
    /// <summary>The text of a key log (NSS format, as written by SSLKEYLOGFILE) beside the keys that pcapng files carry.</summary>
    public string? KeyLog { get; init; }

    /// <summary>Directions of TCP connections kept at a time; the oldest go first.</summary>
    public int MaxTcpDirections { get; init; } = 65_536;

    /// <summary>Bytes kept for one direction of a connection: out-of-order segments, or one unfinished message.</summary>
    public int MaxStreamBytes { get; init; } = 262_144;

    /// <summary>Datagrams in reassembly at a time.</summary>
    public int MaxFragmentedDatagrams { get; init; } = 1_024;

    /// <summary>How often to report progress, in bytes of input.</summary>
    public long ProgressEvery { get; init; } = 4 << 20;

    /// <summary>Called with the bytes read so far (of the input as stored) while reading.</summary>
    public Action<long>? Progress { get; init; }
}
