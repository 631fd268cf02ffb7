namespace Ringfence.Media.Dtmf;

/// <summary>By which way a digit came.</summary>
public enum DtmfSource
{
    /// <summary>As a named telephone event (RFC 4733).</summary>
    TelephoneEvent,

    /// <summary>As a pair of tones in the audio.</summary>
    InBand,

    /// <summary>In a SIP INFO request.</summary>
    Info,
}
