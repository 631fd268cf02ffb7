using Ringfence.Edge.Redress;
using Ringfence.Screening.Refusal;

namespace Ringfence.Edge.Web.Desk;

/// <summary>What is said to whoever has, or guesses, a token. Nothing of the callee, nor of what others reported.</summary>
public sealed record WhyAnswer
{
    /// <summary>False for every token that stands for no call: the answer is then always the same.</summary>
    public required bool Known { get; init; }

    /// <summary>What happened, and under which identity, as sentences.</summary>
    public required IReadOnlyList<string> Sentences { get; init; }

    /// <summary>When the call came.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What it was refused with.</summary>
    public int? Status { get; init; }

    /// <summary>The phrase that went with it.</summary>
    public string? Phrase { get; init; }

    /// <summary>user, operator or law.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>passed, failed, absent or unavailable.</summary>
    public string? Verification { get; init; }

    /// <summary>The step that verification failed at.</summary>
    public string? FailedStep { get; init; }

    /// <summary>A, B, C or none.</summary>
    public string? Attestation { get; init; }

    /// <summary>Whom to contact.</summary>
    public RedressContact? Contact { get; init; }

    /// <summary>Whether an appeal would be taken now.</summary>
    public bool MayAppeal { get; init; }

    /// <summary>none, open, granted or declined.</summary>
    public string Appeal { get; init; } = "none";

    /// <summary>What the appeal says.</summary>
    public string? Message { get; init; }

    /// <summary>How the caller said that it can be reached.</summary>
    public string? Reach { get; init; }

    /// <summary>What the operator answered.</summary>
    public string? Reply { get; init; }

    internal static WhyAnswer Of(RefusedCall? call, Appeal? appeal, RedressContact? contact, string language) =>
        call is null
            ? new WhyAnswer
            {
                Known = false,
                Sentences = [RedressAdvice.ForUnknown(language)],
                Contact = contact,
            }
            : new WhyAnswer
            {
                Known = true,
                Sentences = RedressAdvice.For(call.Verdict, call.Facts, language),
                At = call.At,
                Status = call.StatusCode,
                Phrase = call.Phrase,
                DecidedBy = call.Verdict.DecidedBy.ToString().ToLowerInvariant(),
                Verification = call.Facts.Verification.ToString().ToLowerInvariant(),
                FailedStep = call.Facts.FailedStep,
                Attestation =
                    call.Facts.Attestation == Stir.Claims.Attestation.None ? "none" : call.Facts.Attestation.ToString(),
                Contact = contact,
                MayAppeal = call.MayAppeal && appeal is null or { State: AppealState.Open },
                Appeal = (appeal?.State ?? AppealState.None).ToString().ToLowerInvariant(),
                Message = appeal?.Message,
                Reach = appeal?.Reach,
                Reply = appeal is { Answer.Length: > 0 } ? appeal.Answer : null,
            };
}
