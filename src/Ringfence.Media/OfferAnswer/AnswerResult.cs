using System.Diagnostics.CodeAnalysis;

namespace Ringfence.Media.OfferAnswer;

/// <summary>An answer to send and what it agrees to, or the reason why there is none.</summary>
/// <param name="Fault">Why there is no answer, or <see cref="NegotiationFault.None"/>.</param>
/// <param name="Body">The answer, <c>application/sdp</c>.</param>
/// <param name="Audio">What was agreed on.</param>
public sealed record AnswerResult(NegotiationFault Fault, byte[]? Body, NegotiatedAudio? Audio)
{
    /// <summary>Whether there is an answer.</summary>
    [MemberNotNullWhen(true, nameof(Body), nameof(Audio))]
    public bool IsAnswered => Fault == NegotiationFault.None;
}
