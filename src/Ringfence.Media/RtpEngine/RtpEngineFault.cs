namespace Ringfence.Media.RtpEngine;

/// <summary>Why rtpengine did not do what it was asked.</summary>
public enum RtpEngineFault
{
    /// <summary>It did.</summary>
    None,

    /// <summary>No reply within <see cref="RtpEngineOptions.Deadline"/>, or nobody at the address.</summary>
    Away,

    /// <summary>More requests wait than <see cref="RtpEngineOptions.MostWaiting"/>.</summary>
    Busy,

    /// <summary>The reply is no bencoded dictionary with a result.</summary>
    Malformed,

    /// <summary>It said no; <see cref="RtpEngineReply.Reason"/> says why.</summary>
    Refused,
}
