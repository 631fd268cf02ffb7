using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Gate.Border;

/// <summary>
/// Session descriptions within a call whose caller is behind the border: what the caller has been told stays as it is, so its new
/// offers get 488 (RFC 3261 §14.2: the session goes on), and those of the callee are answered by this side alone.
/// </summary>
internal sealed class BorderSession(ISessionBridge own) : ISessionBridge
{
    /// <inheritdoc/>
    public bool IsAnchored => true;

    /// <inheritdoc/>
    public Body? Offer(Leg from, in Body offer) => null;

    /// <inheritdoc/>
    public Body? Answer(Leg from, in Body answer) => own.Answer(from, answer);

    /// <inheritdoc/>
    public Body? AnswerAlone(Leg from, in Body offer) => from == Leg.Callee ? own.AnswerAlone(from, offer) : null;

    /// <inheritdoc/>
    public Body? OfferAlone(Leg to) => to == Leg.Callee ? own.OfferAlone(to) : null;

    /// <inheritdoc/>
    public Body AnsweredAlone(Leg from, in Body answer)
    {
        own.AnsweredAlone(from, answer);
        return Body.None;
    }
}
