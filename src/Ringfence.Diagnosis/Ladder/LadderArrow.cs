using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>One message, or one run of media, between two columns.</summary>
/// <param name="At">Time since the ladder began.</param>
/// <param name="From">Index of the sending column.</param>
/// <param name="To">Index of the receiving column.</param>
/// <param name="Label">What stands on the line: <c>INVITE</c>, <c>183 Session Progress (SDP)</c>.</param>
/// <param name="Tone">What it means.</param>
/// <param name="Repeats">How many times it was sent again.</param>
/// <param name="Note">A remark behind the line; may be empty.</param>
public sealed record LadderArrow(
    TimeSpan At,
    int From,
    int To,
    string Label,
    LadderTone Tone,
    int Repeats = 0,
    string Note = ""
)
{
    /// <summary>The frame that it was seen in; 0 where there is none.</summary>
    public long Frame { get; init; }

    /// <summary>Ids of findings that rest on it.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>The whole message, for who wants to read it; may be empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>From where to where, with ports: <c>192.0.2.1:5060 → 192.0.2.2:5060</c>; may be empty.</summary>
    public string Route { get; init; } = "";

    /// <summary>The number and method of CSeq; may be empty.</summary>
    public string CSeq { get; init; } = "";

    /// <summary>What tells a message sent again from another one of the same name: transaction, dialog, number; may be empty.</summary>
    internal string Identity { get; init; } = "";

    /// <summary>The message that it stands for; null for media.</summary>
    internal TraceMessage? Source { get; init; }

    /// <summary>The row of a comparison that it leads to, instead of its own message; null elsewhere.</summary>
    internal string? Row { get; init; }

    /// <summary>Whether it carries a session description.</summary>
    public bool HasSdp { get; init; }

    /// <summary>The codecs of its offer or answer; empty without a session description.</summary>
    public IReadOnlyList<LadderCodec> Codecs { get; init; } = [];

    /// <summary>What is known of its Identity; of INVITEs only.</summary>
    public LadderShield Shield { get; init; }

    /// <summary>The attestation that its Identity claims: A, B or C; may be empty.</summary>
    public string Attestation { get; init; } = "";

    /// <summary>The tone of a status code.</summary>
    public static LadderTone ToneOf(int statusCode) =>
        statusCode switch
        {
            < 200 => LadderTone.Provisional,
            < 300 => LadderTone.Success,
            < 400 => LadderTone.Redirect,
            < 500 => LadderTone.RequestFailure,
            < 600 => LadderTone.ServerFailure,
            _ => LadderTone.GlobalFailure,
        };
}
