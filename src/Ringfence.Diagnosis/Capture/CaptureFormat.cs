namespace Ringfence.Diagnosis.Capture;

/// <summary>What an input turned out to be.</summary>
public enum CaptureFormat
{
    /// <summary>Not recognised.</summary>
    Unknown,

    /// <summary>libpcap, with any byte order, resolution or the modified record header.</summary>
    Pcap,

    /// <summary>pcapng.</summary>
    PcapNg,

    /// <summary>Microsoft Network Monitor 2.</summary>
    NetMon,

    /// <summary>A row of HEP packets.</summary>
    Hep,

    /// <summary>A text log with SIP messages in it.</summary>
    Text,

    /// <summary>snoop (RFC 1761).</summary>
    Snoop,
}
