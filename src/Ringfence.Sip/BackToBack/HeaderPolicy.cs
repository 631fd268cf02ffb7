using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.BackToBack;

/// <summary>
/// Which header lines cross from one leg to the other. Those that belong to one leg alone never do, whatever a policy says: Via, From, To,
/// Call-ID, CSeq, Contact, routes, credentials, lengths, option tags, session timers.
/// </summary>
public sealed record HeaderPolicy
{
    private static readonly HeaderId[] Open =
    [
        HeaderId.Identity,
        HeaderId.Date,
        HeaderId.Privacy,
        HeaderId.Subject,
        HeaderId.AlertInfo,
        HeaderId.Diversion,
        HeaderId.HistoryInfo,
        HeaderId.AcceptLanguage,
        HeaderId.Priority,
        HeaderId.Organization,
        HeaderId.InReplyTo,
        HeaderId.ReplyTo,
        HeaderId.Reason,
        HeaderId.Warning,
        HeaderId.RetryAfter,
        HeaderId.ErrorInfo,
        HeaderId.ReferTo,
        HeaderId.ReferredBy,
        HeaderId.Event,
        HeaderId.SubscriptionState,
        HeaderId.InfoPackage,
        HeaderId.ContentDisposition,
        HeaderId.ContentEncoding,
        HeaderId.ContentLanguage,
    ];

    private static readonly HeaderId[] Asserted =
    [
        HeaderId.PAssertedIdentity,
        HeaderId.PAttestationIndicator,
        HeaderId.POriginationId,
        HeaderId.PChargingVector,
    ];

    private static readonly HeaderId[] OfOneLeg =
    [
        HeaderId.Other,
        HeaderId.Via,
        HeaderId.From,
        HeaderId.To,
        HeaderId.CallId,
        HeaderId.CSeq,
        HeaderId.Contact,
        HeaderId.MaxForwards,
        HeaderId.ContentLength,
        HeaderId.ContentType,
        HeaderId.Route,
        HeaderId.RecordRoute,
        HeaderId.Path,
        HeaderId.ServiceRoute,
        HeaderId.Require,
        HeaderId.ProxyRequire,
        HeaderId.Supported,
        HeaderId.Unsupported,
        HeaderId.Allow,
        HeaderId.Authorization,
        HeaderId.ProxyAuthorization,
        HeaderId.WwwAuthenticate,
        HeaderId.ProxyAuthenticate,
        HeaderId.AuthenticationInfo,
        HeaderId.RSeq,
        HeaderId.RAck,
        HeaderId.SessionExpires,
        HeaderId.MinSE,
        HeaderId.SessionId,
    ];

    /// <summary>
    /// Over the border of trust (RFC 3325 §7): what a network asserts of its users is stripped, and so is what the stack has no name for.
    /// </summary>
    public static HeaderPolicy Border { get; } = new() { Crossing = Open };

    /// <summary>Within one trust domain: asserted identities and charging cross too.</summary>
    public static HeaderPolicy Trusted { get; } = new() { Crossing = [.. Open, .. Asserted] };

    /// <summary>The headers that cross.</summary>
    public IReadOnlyList<HeaderId> Crossing { get; init; } = [];

    /// <summary>True when headers cross for which the stack has no id, such as X-….</summary>
    public bool PassUnnamed { get; init; }

    /// <summary>True when lines with this id cross.</summary>
    public bool Passes(HeaderId id) => Crossing.Contains(id) && Array.IndexOf(OfOneLeg, id) < 0;

    /// <summary>The lines of a message that cross, in its order.</summary>
    public HeaderField[] Of(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        List<HeaderField> crossing = [];
        foreach (ref readonly HeaderRef header in message.Headers)
        {
            ReadOnlySpan<byte> value = message.Value(header);
            // A fold means the same as spaces (RFC 3261 §7.3.1).
            if (value.IndexOfAny((byte)'\r', (byte)'\n') >= 0)
            {
                value = Unfold(value);
            }

            if (Passes(header.Id))
            {
                crossing.Add(new HeaderField(header.Id, value.ToArray()));
            }
            else if (header.Id == HeaderId.Other && PassUnnamed)
            {
                crossing.Add(
                    new HeaderField(
                        System.Text.Encoding.UTF8.GetString(message.Name(header)),
                        System.Text.Encoding.UTF8.GetString(value)
                    )
                );
            }
        }

        return [.. crossing];
    }

    private static byte[] Unfold(ReadOnlySpan<byte> value)
    {
        byte[] line = value.ToArray();
        foreach (ref byte letter in line.AsSpan())
        {
            letter = letter is (byte)'\r' or (byte)'\n' ? (byte)' ' : letter;
        }

        return line;
    }
}
