namespace Ringfence.Diagnosis.Media;

/// <summary>How a digit was sent.</summary>
public enum DtmfKind
{
    /// <summary>As a named event in RTP (RFC 4733).</summary>
    Event,

    /// <summary>In an INFO request.</summary>
    Info,

    /// <summary>As two tones in the audio (ITU-T Q.23).</summary>
    InBand,
}
