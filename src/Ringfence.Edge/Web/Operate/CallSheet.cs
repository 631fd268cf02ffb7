using Ringfence.Diagnosis.Ladder;
using Ringfence.Edge.LiveFindings;
using Ringfence.Edge.Storage;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rules;

namespace Ringfence.Edge.Web.Operate;

/// <summary>Everything that the page of one call shows.</summary>
public sealed record CallSheet
{
    /// <summary>Its record.</summary>
    public required CallRecord Call { get; init; }

    /// <summary>Its verdict; null where none was kept.</summary>
    public required Verdict? Verdict { get; init; }

    /// <summary>The Identity headers, step by step.</summary>
    public required IReadOnlyList<StirIdentity> Identities { get; init; }

    /// <summary>What the callee's own list says of the caller now; null for nothing.</summary>
    public required PersonalEntry? Entry { get; init; }

    /// <summary>Whether the caller is in the callee's address book.</summary>
    public required bool IsContact { get; init; }

    /// <summary>Whether there is a callee who could say something, and a caller to say it of.</summary>
    public required bool MayReport { get; init; }

    /// <summary>The codecs of offer and answer.</summary>
    public required IReadOnlyList<LadderCodec> Codecs { get; init; }

    /// <summary>Findings, ladder and messages as HTML; empty where the messages were not kept.</summary>
    public required string Wire { get; init; }

    /// <summary>The ladder as SVG, where the messages were not kept.</summary>
    public required string Drawn { get; init; }

    /// <summary>The findings as they were kept, where the messages were not.</summary>
    public required IReadOnlyList<FindingRow> Findings { get; init; }

    /// <summary>Waveform and player as HTML; empty without a recording.</summary>
    public required string Audio { get; init; }

    /// <summary>What the policy in force says of the call; null where that was not asked, or the facts were not kept.</summary>
    public required PolicyTrial? Replay { get; init; }
}
