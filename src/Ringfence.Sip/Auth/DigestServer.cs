using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Auth;

/// <summary>
/// The server's side of digest authentication (RFC 3261 §22, RFC 7616, RFC 8760). One for the process; safe for any thread.
/// A user that does not exist is answered exactly like a wrong password, after the same work.
/// </summary>
public sealed class DigestServer
{
    // Each costs a hash; nobody has more credentials for one realm.
    private const int MostCredentials = 4;
    private const int MostName = 256;

    private readonly DigestServerOptions _options;
    private readonly IDigestUsers _users;
    private readonly NonceMint _mint;
    private readonly NonceCounts _counts;
    private readonly byte[] _realm;
    private readonly DigestSecret _decoy;

    /// <summary>A server for one realm.</summary>
    /// <param name="options">How it challenges.</param>
    /// <param name="users">Who its users are.</param>
    /// <param name="key">
    /// The key of its nonces, secret, 16 bytes at least; the same on several nodes lets each take the others' nonces.
    /// </param>
    /// <param name="clock">Where time comes from.</param>
    /// <exception cref="ArgumentException">The realm or the algorithms cannot be used.</exception>
    public DigestServer(DigestServerOptions options, IDigestUsers users, ReadOnlySpan<byte> key, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(users);
        bool isRealm =
            options.Realm.Length is > 0 and <= 255 && !options.Realm.Any(c => c is '"' or '\\' || char.IsControl(c));
        if (!isRealm || options.Algorithms.Count == 0)
        {
            throw new ArgumentException("The realm cannot stand in quotes, or there is no algorithm.", nameof(options));
        }

        _options = options;
        _users = users;
        _mint = new NonceMint(key, options.Realm, clock);
        _counts = new NonceCounts(options.MaxNonces);
        _realm = Encoding.UTF8.GetBytes(options.Realm);
        _decoy = DigestSecret.FromPassword("", options.Realm, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
    }

    /// <summary>
    /// Looks at a request's credentials. Not for ACK and CANCEL, which cannot be challenged (RFC 3261 §22.1).
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="asProxy">True for 407 and Proxy-Authorization, false for 401 and Authorization.</param>
    public DigestVerdict Check(SipRequest request, bool asProxy = false)
    {
        ArgumentNullException.ThrowIfNull(request);
        HeaderId id = asProxy ? HeaderId.ProxyAuthorization : HeaderId.Authorization;
        bool isStale = false;
        int seen = 0;
        for (int at = request.IndexOf(id, 0); at >= 0 && seen < MostCredentials; at = request.IndexOf(id, at + 1))
        {
            if (!IsOurs(request.Value(request.Headers[at]), out AuthHeader header, out DigestAlgorithm algorithm))
            {
                continue;
            }

            seen++;
            if (
                !DigestCredentials.TryRead(header, algorithm, request, out DigestCredentials credentials)
                || !IsSameTarget(credentials.Input.Uri, request.RequestUri)
            )
            {
                return new DigestVerdict(DigestOutcome.Refuse, "", 400, default, []);
            }

            string user = NameOf(credentials.User);
            if (IsProof(user, credentials))
            {
                if (IsFresh(credentials))
                {
                    return new DigestVerdict(DigestOutcome.Authenticated, user, 0, default, []);
                }

                isStale = true;
            }
        }

        return Challenge(asProxy, isStale);
    }

    /// <summary>Digest, our realm, and an algorithm that was offered; whatever else stands there is for somebody else.</summary>
    private bool IsOurs(ReadOnlySpan<byte> value, out AuthHeader header, out DigestAlgorithm algorithm)
    {
        algorithm = default;
        return AuthHeader.TryParse(value, out header)
            && header.IsDigest
            && header.TryGet("realm"u8, out ReadOnlySpan<byte> realm)
            && realm.SequenceEqual(_realm)
            && DigestAlgorithms.TryParse(
                header.TryGet("algorithm"u8, out ReadOnlySpan<byte> token) ? token : default,
                out algorithm
            )
            && _options.Algorithms.Contains(algorithm);
    }

    /// <summary>The response is compared in constant time, and a user who is not there costs what one costs who is.</summary>
    private bool IsProof(string user, in DigestCredentials credentials)
    {
        DigestAlgorithm algorithm = credentials.Input.Algorithm;
        DigestSecret? secret = _users.Find(user);
        bool isKnown = secret is not null && secret.Has(algorithm);
        Span<byte> hex = stackalloc byte[DigestHash.MostHex];
        ReadOnlySpan<byte> expected = DigestHash.Response(
            credentials.Input,
            (isKnown ? secret! : _decoy).For(algorithm),
            hex
        );
        bool isOffered = _options.OffersIntegrity || credentials.Input.Qop.SequenceEqual("auth"u8);
        return CryptographicOperations.FixedTimeEquals(expected, credentials.Response) & isKnown & isOffered;
    }

    /// <summary>A nonce of ours, not too old, with a count that has not been used.</summary>
    private bool IsFresh(in DigestCredentials credentials)
    {
        if (!_mint.TryRead(credentials.Input.Nonce, out Nonce nonce))
        {
            return false;
        }

        long age = _mint.Now - nonce.Time;
        // Another node's clock may be a little ahead.
        return age >= -5000
            && age <= _options.NonceLifetime.TotalMilliseconds
            && _counts.TryUse(nonce, credentials.Count);
    }

    private DigestVerdict Challenge(bool asProxy, bool isStale)
    {
        Span<byte> nonce = stackalloc byte[NonceMint.TextLength];
        _mint.Make(nonce);
        string text = Encoding.ASCII.GetString(nonce);
        string qop = _options.OffersIntegrity ? "auth,auth-int" : "auth";
        return new DigestVerdict(
            DigestOutcome.Challenge,
            "",
            asProxy ? 407 : 401,
            asProxy ? HeaderId.ProxyAuthenticate : HeaderId.WwwAuthenticate,
            [
                .. _options.Algorithms.Select(algorithm =>
                    (ReadOnlyMemory<byte>)
                        Encoding.UTF8.GetBytes(
                            $"Digest realm=\"{_options.Realm}\", nonce=\"{text}\", algorithm={Encoding.ASCII.GetString(DigestAlgorithms.Token(algorithm))}, qop=\"{qop}\"{(isStale ? ", stale=true" : "")}"
                        )
                ),
            ]
        );
    }

    /// <summary>
    /// RFC 7616 §3.4.6, RFC 8760 §2.6: the credentials are for this target. Its user and host count; what proxies add to a URI
    /// on the way does not.
    /// </summary>
    private static bool IsSameTarget(ReadOnlySpan<byte> claimed, ReadOnlySpan<byte> uri) =>
        claimed.SequenceEqual(uri)
        || (
            SipUri.TryParse(claimed, out SipUri a)
            && SipUri.TryParse(uri, out SipUri b)
            && EscapedText.AreEqual(a.User, b.User, ignoreCase: false)
            && Ascii.EqualsIgnoreCase(a.Host, b.Host)
        )
        || UriComparison.AreEqual(claimed, uri);

    /// <summary>The name without its quoted pairs; "" for bytes that are no text, which is nobody's.</summary>
    private static string NameOf(ReadOnlySpan<byte> quoted)
    {
        Span<byte> name = stackalloc byte[MostName];
        return quoted.Length > MostName || !Utf8.IsValid(quoted)
            ? ""
            : Encoding.UTF8.GetString(name[..QuotedString.Unescape(quoted, name)]);
    }
}
