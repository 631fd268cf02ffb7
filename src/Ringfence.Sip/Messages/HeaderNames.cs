using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>Header names to ids and back. Names are compared whole, in any case (RFC 3261 §7.3.1).</summary>
public static class HeaderNames
{
    private static readonly (string Full, string Compact, HeaderId Id)[] Table =
    [
        ("Via", "v", HeaderId.Via),
        ("From", "f", HeaderId.From),
        ("To", "t", HeaderId.To),
        ("Call-ID", "i", HeaderId.CallId),
        ("CSeq", "", HeaderId.CSeq),
        ("Contact", "m", HeaderId.Contact),
        ("Max-Forwards", "", HeaderId.MaxForwards),
        ("Content-Length", "l", HeaderId.ContentLength),
        ("Content-Type", "c", HeaderId.ContentType),
        ("Content-Disposition", "", HeaderId.ContentDisposition),
        ("Content-Encoding", "e", HeaderId.ContentEncoding),
        ("Content-Language", "", HeaderId.ContentLanguage),
        ("Route", "", HeaderId.Route),
        ("Record-Route", "", HeaderId.RecordRoute),
        ("Require", "", HeaderId.Require),
        ("Proxy-Require", "", HeaderId.ProxyRequire),
        ("Supported", "k", HeaderId.Supported),
        ("Unsupported", "", HeaderId.Unsupported),
        ("Allow", "", HeaderId.Allow),
        ("Accept", "", HeaderId.Accept),
        ("Accept-Encoding", "", HeaderId.AcceptEncoding),
        ("Accept-Language", "", HeaderId.AcceptLanguage),
        ("Alert-Info", "", HeaderId.AlertInfo),
        ("Call-Info", "", HeaderId.CallInfo),
        ("Date", "", HeaderId.Date),
        ("Error-Info", "", HeaderId.ErrorInfo),
        ("Expires", "", HeaderId.Expires),
        ("In-Reply-To", "", HeaderId.InReplyTo),
        ("Min-Expires", "", HeaderId.MinExpires),
        ("MIME-Version", "", HeaderId.MimeVersion),
        ("Organization", "", HeaderId.Organization),
        ("Priority", "", HeaderId.Priority),
        ("Reply-To", "", HeaderId.ReplyTo),
        ("Retry-After", "", HeaderId.RetryAfter),
        ("Server", "", HeaderId.Server),
        ("Subject", "s", HeaderId.Subject),
        ("Timestamp", "", HeaderId.Timestamp),
        ("User-Agent", "", HeaderId.UserAgent),
        ("Warning", "", HeaderId.Warning),
        ("Authorization", "", HeaderId.Authorization),
        ("Proxy-Authorization", "", HeaderId.ProxyAuthorization),
        ("WWW-Authenticate", "", HeaderId.WwwAuthenticate),
        ("Proxy-Authenticate", "", HeaderId.ProxyAuthenticate),
        ("Authentication-Info", "", HeaderId.AuthenticationInfo),
        ("RSeq", "", HeaderId.RSeq),
        ("RAck", "", HeaderId.RAck),
        ("Reason", "", HeaderId.Reason),
        ("Session-Expires", "x", HeaderId.SessionExpires),
        ("Min-SE", "", HeaderId.MinSE),
        ("Identity", "y", HeaderId.Identity),
        ("Identity-Info", "n", HeaderId.IdentityInfo),
        ("P-Asserted-Identity", "", HeaderId.PAssertedIdentity),
        ("P-Preferred-Identity", "", HeaderId.PPreferredIdentity),
        ("Privacy", "", HeaderId.Privacy),
        ("P-Early-Media", "", HeaderId.PEarlyMedia),
        ("P-Attestation-Indicator", "", HeaderId.PAttestationIndicator),
        ("P-Origination-Id", "", HeaderId.POriginationId),
        ("P-Charging-Vector", "", HeaderId.PChargingVector),
        ("Feature-Caps", "", HeaderId.FeatureCaps),
        ("History-Info", "", HeaderId.HistoryInfo),
        ("Diversion", "", HeaderId.Diversion),
        ("Path", "", HeaderId.Path),
        ("Service-Route", "", HeaderId.ServiceRoute),
        ("Replaces", "", HeaderId.Replaces),
        ("Join", "", HeaderId.Join),
        ("Refer-To", "r", HeaderId.ReferTo),
        ("Referred-By", "b", HeaderId.ReferredBy),
        ("Event", "o", HeaderId.Event),
        ("Allow-Events", "u", HeaderId.AllowEvents),
        ("Subscription-State", "", HeaderId.SubscriptionState),
        ("Accept-Contact", "a", HeaderId.AcceptContact),
        ("Reject-Contact", "j", HeaderId.RejectContact),
        ("Request-Disposition", "d", HeaderId.RequestDisposition),
        ("Session-ID", "", HeaderId.SessionId),
        ("Max-Breadth", "", HeaderId.MaxBreadth),
        ("SIP-ETag", "", HeaderId.SipETag),
        ("SIP-If-Match", "", HeaderId.SipIfMatch),
        ("Info-Package", "", HeaderId.InfoPackage),
        ("Recv-Info", "", HeaderId.RecvInfo),
        ("Target-Dialog", "", HeaderId.TargetDialog),
    ];

    private static readonly byte[][] Names = BuildNames();
    private static readonly (byte[] Name, HeaderId Id)[][] ByLength = BuildBuckets();

    /// <summary>The id of a header name in full or compact form; <see cref="HeaderId.Other"/> when it has none.</summary>
    public static HeaderId Find(ReadOnlySpan<byte> name)
    {
        if ((uint)name.Length >= (uint)ByLength.Length || name.IsEmpty)
        {
            return HeaderId.Other;
        }

        foreach ((byte[] known, HeaderId id) in ByLength[name.Length])
        {
            // The first letter rules out nearly all; then the whole name is compared, never a hash of it.
            if (known[0] == (name[0] & ~0x20) && Ascii.EqualsIgnoreCase(known, name))
            {
                return id;
            }
        }

        return HeaderId.Other;
    }

    /// <summary>The full name of a known header as written in its RFC.</summary>
    public static ReadOnlySpan<byte> Name(HeaderId id) => Names[(int)id];

    private static byte[][] BuildNames()
    {
        byte[][] names = new byte[Enum.GetValues<HeaderId>().Length][];
        names[(int)HeaderId.Other] = [];
        foreach ((string full, _, HeaderId id) in Table)
        {
            names[(int)id] = Encoding.ASCII.GetBytes(full);
        }

        return names;
    }

    private static (byte[] Name, HeaderId Id)[][] BuildBuckets()
    {
        int longest = Table.Max(entry => entry.Full.Length);
        List<(byte[] Name, HeaderId Id)>[] buckets =
        [
            .. Enumerable.Range(0, longest + 1).Select(_ => new List<(byte[], HeaderId)>()),
        ];
        foreach ((string full, string compact, HeaderId id) in Table)
        {
            buckets[full.Length].Add((Encoding.ASCII.GetBytes(full.ToUpperInvariant()), id));
            if (compact.Length == 1)
            {
                buckets[1].Add((Encoding.ASCII.GetBytes(compact.ToUpperInvariant()), id));
            }
        }

        return [.. buckets.Select(bucket => bucket.ToArray())];
    }
}
