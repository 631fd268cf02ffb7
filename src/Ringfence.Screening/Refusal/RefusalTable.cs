using Ringfence.Screening.Rules;

namespace Ringfence.Screening.Refusal;

/// <summary>Which code refuses: by who decided, and by what the peer can take.</summary>
public static class RefusalTable
{
    /// <summary>The refusal for this verdict towards this peer.</summary>
    /// <exception cref="ArgumentException">The verdict refuses nothing.</exception>
    public static RefusalAnswer Answer(in Verdict verdict, RefusalContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (verdict.Decision != Decision.Refuse)
        {
            throw new ArgumentException("The verdict refuses nothing.", nameof(verdict));
        }

        var code = verdict.Code == RefusalCode.ByWhoDecided ? CodeFor(verdict.Cause, context) : verdict.Code;
        return code switch
        {
            RefusalCode.Rejected when context.Peer.Wants603Plus && IsReachable(context) => NetworkBlocked(context),
            RefusalCode.NetworkBlocked when IsReachable(context) => NetworkBlocked(context),
            RefusalCode.Rejected or RefusalCode.NetworkBlocked => Rejected(context),
            _ when verdict.Cause == RefusalCause.Identity && Phrases.IsOfStir(code) => Identity(code, context),
            _ => Plain(code, context),
        };
    }

    /// <summary>
    /// The Reason for the CANCEL of other branches, and for the BYE of an answered call, after a callee's 607 (RFC 8197 §4).
    /// </summary>
    public static ReasonValue UnwantedElsewhere { get; } = new("SIP", 607, "Unwanted");

    private static RefusalCode CodeFor(RefusalCause cause, RefusalContext context) =>
        cause switch
        {
            RefusalCause.Unwanted => RefusalCode.Unwanted,
            RefusalCause.NotHere => RefusalCode.TemporarilyUnavailable,
            RefusalCause.Identity => (RefusalCode)(
                context.VerificationStatus ?? (int)RefusalCode.InvalidIdentityHeader
            ),
            RefusalCause.Anonymous => RefusalCode.AnonymityDisallowed,
            RefusalCause.InvalidCaller => RefusalCode.Forbidden,
            RefusalCause.InvalidCallee => RefusalCode.NotFound,
            _ => RefusalCode.Rejected,
        };

    private static bool IsReachable(RefusalContext context) => context.Redress is { IsReachable: true };

    private static RefusalAnswer Plain(RefusalCode code, RefusalContext context) =>
        new((int)code, Phrases.Of(code), [Phrases.Q850(code, context.Location)]);

    // The signer learns which of its PASSporTs failed, and may try again (RFC 8224 §6.2.2, RFC 9410).
    private static RefusalAnswer Identity(RefusalCode code, RefusalContext context)
    {
        var phrase = code == RefusalCode.Forbidden ? "Stale Date" : Phrases.Of(code);
        return new RefusalAnswer(
            (int)code,
            phrase,
            [
                new ReasonValue(
                    "STIR",
                    (int)code,
                    phrase,
                    Ppi: code == RefusalCode.UseIdentityHeader ? null : context.Ppi
                ),
            ]
        );
    }

    // RFC 8688 §3.1 and §6: whom to contact is told only to callers whose identity holds, and media goes only to them.
    private static RefusalAnswer Rejected(RefusalContext context)
    {
        var mayContact = context.IdentityHolds && context.Card is not null;
        return new RefusalAnswer(
            (int)RefusalCode.Rejected,
            Phrases.Of(RefusalCode.Rejected),
            [Phrases.Q850(RefusalCode.Rejected, context.Location)],
            mayContact ? $"<{context.Card!.AbsoluteUri}>;purpose=jwscard" : null,
            FeatureCapability.Rejected,
            AnnounceFirst: mayContact && !context.Peer.Understands608 && context.Peer.HearsEarlyMedia
        );
    }

    // ATIS-1000099: the text names the version and at least one of url, tel and email, in quotes because of its semicolons.
    private static RefusalAnswer NetworkBlocked(RefusalContext context)
    {
        var contact = context.Redress!;
        var url = (context.IdentityHolds ? context.Why : null) ?? contact.Url;
        var text = "v=analytics1";
        text += url is null ? "" : $";url={url.AbsoluteUri}";
        text += contact.Tel is null ? "" : $";tel={contact.Tel}";
        text += contact.Email is null ? "" : $";email={contact.Email}";
        return new RefusalAnswer(
            603,
            Phrases.Of(RefusalCode.NetworkBlocked),
            [
                new ReasonValue("SIP", 603, text, context.Location),
                Phrases.Q850(RefusalCode.NetworkBlocked, context.Location),
            ]
        );
    }
}
