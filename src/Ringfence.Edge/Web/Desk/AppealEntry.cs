using Ringfence.Edge.Redress;
using Ringfence.Screening.Rules;

namespace Ringfence.Edge.Web.Desk;

/// <summary>An appeal as the operator sees it: with who called whom, and why the call was refused.</summary>
public sealed record AppealEntry
{
    /// <summary>The token of the refused call.</summary>
    public required string Token { get; init; }

    /// <summary>When the caller appealed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>open, granted or declined.</summary>
    public required string State { get; init; }

    /// <summary>What the caller says.</summary>
    public required string Message { get; init; }

    /// <summary>How it can be reached; may be empty.</summary>
    public required string Reach { get; init; }

    /// <summary>What was answered; may be empty.</summary>
    public required string Answer { get; init; }

    /// <summary>When; null while nobody has.</summary>
    public required DateTimeOffset? Answered { get; init; }

    /// <summary>The call's id in the records.</summary>
    public required string Call { get; init; }

    /// <summary>When the call came.</summary>
    public required DateTimeOffset CalledAt { get; init; }

    /// <summary>Who called.</summary>
    public required string Caller { get; init; }

    /// <summary>Who was called.</summary>
    public required string Callee { get; init; }

    /// <summary>What the call was refused with.</summary>
    public required int Status { get; init; }

    /// <summary>The phrase that went with it.</summary>
    public required string Phrase { get; init; }

    /// <summary>passed, failed, absent or unavailable.</summary>
    public required string Verification { get; init; }

    /// <summary>A, B, C or none.</summary>
    public required string Attestation { get; init; }

    /// <summary>Why it was refused.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    internal static AppealEntry Of(Appeal appeal, RefusedCall call, string language) =>
        new()
        {
            Token = appeal.Token,
            At = appeal.At,
            State = appeal.State.ToString().ToLowerInvariant(),
            Message = appeal.Message,
            Reach = appeal.Reach,
            Answer = appeal.Answer,
            Answered = appeal.Answered,
            Call = call.CallId,
            CalledAt = call.At,
            Caller = call.Facts.Caller.Text,
            Callee = call.Facts.Callee.Text,
            Status = call.StatusCode,
            Phrase = call.Phrase,
            Verification = call.Facts.Verification.ToString().ToLowerInvariant(),
            Attestation =
                call.Facts.Attestation == Stir.Claims.Attestation.None ? "none" : call.Facts.Attestation.ToString(),
            Reasons = [.. call.Verdict.Reasons.Select((Reason reason) => reason.Text(language))],
        };
}
