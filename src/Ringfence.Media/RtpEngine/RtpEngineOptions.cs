namespace Ringfence.Media.RtpEngine;

/// <summary>How long rtpengine is waited for, and how much at once.</summary>
public sealed record RtpEngineOptions
{
    /// <summary>How long a reply is waited for in all. 1.5 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMilliseconds(1_500);

    /// <summary>
    /// How long until a request is sent again for the first time; doubled from then on. rtpengine knows a repeated cookie and sends
    /// the same reply again. 100 ms.
    /// </summary>
    public TimeSpan Again { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Requests that may wait for a reply at once. 4096.</summary>
    public int MostWaiting { get; init; } = 4_096;
}
