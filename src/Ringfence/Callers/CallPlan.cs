using Ringfence.Sip.Transport;

namespace Ringfence.Callers;

/// <summary>What a test caller is to do.</summary>
internal sealed record CallPlan
{
    /// <summary>Whom to call.</summary>
    internal required string Uri { get; init; }

    /// <summary>Where the INVITE is sent.</summary>
    internal required Peer Destination { get; init; }

    /// <summary>Who calls: a URI.</summary>
    internal required string From { get; init; }

    /// <summary>Further header lines: name and value.</summary>
    internal IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Gives up this long after the INVITE when there is no answer by then; null to wait.</summary>
    internal TimeSpan? CancelAfter { get; init; }

    /// <summary>Hangs up this long after the answer.</summary>
    internal TimeSpan TalkFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Samples at 8 kHz that are said over and over, as soon as there is media; null for silence after the answer.</summary>
    internal short[]? Play { get; init; }

    /// <summary>Understands early sessions and hears what is early in one (RFC 3959).</summary>
    internal bool EarlySession { get; init; }

    /// <summary>Waits no longer than this for a final response.</summary>
    internal TimeSpan RingFor { get; init; } = TimeSpan.FromMinutes(2);
}
