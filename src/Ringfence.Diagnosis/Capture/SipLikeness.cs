namespace Ringfence.Diagnosis.Capture;

/// <summary>Whether bytes begin a SIP message.</summary>
internal enum SipLikeness
{
    /// <summary>They do not.</summary>
    No,

    /// <summary>More bytes are needed to tell.</summary>
    Perhaps,

    /// <summary>They do.</summary>
    Yes,
}
