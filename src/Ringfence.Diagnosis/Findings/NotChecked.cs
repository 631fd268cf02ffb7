namespace Ringfence.Diagnosis.Findings;

/// <summary>Why something could not be looked at.</summary>
public enum NotChecked
{
    /// <summary>The trace has no RTP: rules about media say nothing.</summary>
    NoMedia,

    /// <summary>TLS without keys: what is in it cannot be seen.</summary>
    NoTlsKeys,

    /// <summary>Signatures of Identity headers were not checked: no certificates were given.</summary>
    NoCertificates,

    /// <summary>The trace has only one direction of the signalling.</summary>
    OneDirection,

    /// <summary>Media is encrypted, and no session description of the trace carries its keys.</summary>
    NoSrtpKeys,

    /// <summary>TLS connections were refused: what they were for cannot be seen.</summary>
    TlsRefused,

    /// <summary>Parts of TCP streams or fragments are missing.</summary>
    LostPackets,

    /// <summary>TLS connections whose beginning is not in the trace: keys cannot be found for them.</summary>
    TlsWithoutBeginning,

    /// <summary>TLS connections with a cipher suite that is not known here.</summary>
    UnknownTlsCipher,

    /// <summary>Frames are shorter than what was on the wire: the capture had a snap length.</summary>
    SnapLength,

    /// <summary>Packets that were captured at several places: each was looked at once.</summary>
    Copies,
}
