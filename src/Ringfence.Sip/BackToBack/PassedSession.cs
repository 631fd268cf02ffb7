using Ringfence.Sip.Calls;

namespace Ringfence.Sip.BackToBack;

/// <summary>Session descriptions that go from leg to leg as they are: media goes past this side.</summary>
/// <param name="offer">The offer of the INVITE; nothing where it had none.</param>
public sealed class PassedSession(Body offer) : ISessionBridge
{
    private readonly Body[] _last = [offer, Body.None];

    /// <inheritdoc/>
    public Body? Offer(Leg from, in Body offer) => Pass(from, offer);

    /// <inheritdoc/>
    public Body? Answer(Leg from, in Body answer) => answer.IsEmpty ? null : Pass(from, answer);

    /// <inheritdoc/>
    public Body? OfferAlone(Leg to) => _last[1 - (int)to] is { IsEmpty: false } last ? last : null;

    /// <inheritdoc/>
    public Body AnsweredAlone(Leg from, in Body answer)
    {
        bool isKnown = answer.Content.Span.SequenceEqual(_last[(int)from].Content.Span);
        return isKnown ? Body.None : Pass(from, answer);
    }

    private Body Pass(Leg from, in Body description)
    {
        _last[(int)from] = description.IsEmpty ? _last[(int)from] : description;
        return description;
    }
}
