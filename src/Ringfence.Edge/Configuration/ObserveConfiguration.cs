using System.Net;

namespace Ringfence.Edge.Configuration;

/// <summary>Who gets a copy of every message.</summary>
public sealed record ObserveConfiguration
{
    /// <summary>The HEP collector; null for none.</summary>
    public IPEndPoint? Hep { get; init; }

    /// <summary>This edge's number in the collector's records.</summary>
    public uint HepId { get; init; }

    /// <summary>The collector's key; empty for none.</summary>
    public string HepKey { get; init; } = "";

    /// <summary>The folder of capture files, absolute; null for none.</summary>
    public string? PcapFolder { get; init; }

    /// <summary>True for a file a call, false for a ring of files.</summary>
    public bool IsPcapPerCall { get; init; }

    /// <summary>Files at most; the oldest goes first.</summary>
    public int PcapFiles { get; init; }

    /// <summary>Bytes of one file of the ring.</summary>
    public long PcapSize { get; init; }
}
