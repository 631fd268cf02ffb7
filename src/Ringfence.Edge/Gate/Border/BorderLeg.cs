using Ringfence.Media.RtpEngine;

namespace Ringfence.Edge.Gate.Border;

/// <summary>
/// One call at the border, deleted once whatever becomes of the call. Its names there are the edge's own: with the caller's Call-ID
/// and tags a caller could reach into another's call.
/// </summary>
internal sealed class BorderLeg(IMediaBorder border, string call)
{
    private int _isDeleted;

    /// <summary>The caller's offer.</summary>
    internal RtpEngineLeg Offered { get; } = new($"ringfence-{call}", "caller");

    /// <summary>The answer to it: rtpengine takes the offerer's tag for from-tag in both.</summary>
    internal RtpEngineLeg Answered => Offered with { ToTag = "edge" };

    internal void Delete()
    {
        if (Interlocked.Exchange(ref _isDeleted, 1) == 0)
        {
            border.Delete(Offered);
        }
    }
}
