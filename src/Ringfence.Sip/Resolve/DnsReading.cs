namespace Ringfence.Sip.Resolve;

/// <summary>What a message that came for a question turned out to be.</summary>
internal enum DnsReading : byte
{
    /// <summary>Its answer.</summary>
    Answer,

    /// <summary>Not the answer to this question: chance, or a forger's guess.</summary>
    Foreign,

    /// <summary>The answer does not fit into a datagram: to be asked again by TCP.</summary>
    Truncated,

    /// <summary>It answers the question and breaks the format.</summary>
    Malformed,
}
