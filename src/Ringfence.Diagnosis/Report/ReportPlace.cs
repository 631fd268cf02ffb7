using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>Where a report stands: what it may link to.</summary>
public sealed record ReportPlace
{
    /// <summary>The address of the audio of a stream, or null for none. Called once for each stream that can be played.</summary>
    public required Func<RtpStream, string?> Audio { get; init; }

    /// <summary>The address of the page of a response code, or null where there is none.</summary>
    public Func<int, string?> Code { get; init; } = static _ => null;

    /// <summary>The address of a page of one call alone, for calls that are not drawn; null where there is none.</summary>
    public Func<Call, string>? Call { get; init; }

    /// <summary>The address of the page whose list begins behind so many calls; null where all is on one page.</summary>
    public Func<int, string>? From { get; init; }
}
