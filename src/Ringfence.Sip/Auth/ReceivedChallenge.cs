using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Auth;

/// <summary>A challenge that this side can answer.</summary>
internal sealed record ReceivedChallenge(
    HeaderId Id,
    DigestAlgorithm Algorithm,
    byte[] Nonce,
    byte[]? Opaque,
    string Qop
)
{
    private const int MostText = 512;

    /// <summary>The strongest challenge for an account among those of a 401 or 407; null when there is none for it.</summary>
    internal static ReceivedChallenge? Best(SipResponse response, DigestAccount account)
    {
        HeaderId id = response.StatusCode == 401 ? HeaderId.WwwAuthenticate : HeaderId.ProxyAuthenticate;
        HeaderId answer = id == HeaderId.WwwAuthenticate ? HeaderId.Authorization : HeaderId.ProxyAuthorization;
        ReceivedChallenge? best = null;
        for (int at = response.IndexOf(id, 0); at >= 0; at = response.IndexOf(id, at + 1))
        {
            ReceivedChallenge? found = Read(response.Value(response.Headers[at]), answer, account);
            best = found is not null && (best is null || found.Algorithm > best.Algorithm) ? found : best;
        }

        return response.StatusCode is 401 or 407 ? best : null;
    }

    private static ReceivedChallenge? Read(ReadOnlySpan<byte> value, HeaderId id, DigestAccount account)
    {
        bool isForUs =
            AuthHeader.TryParse(value, out AuthHeader header)
            && header.IsDigest
            && header.TryGet("realm"u8, out ReadOnlySpan<byte> realm)
            && realm.SequenceEqual(Encoding.UTF8.GetBytes(account.Realm));
        if (
            !isForUs
            || !header.TryGet("nonce"u8, out ReadOnlySpan<byte> nonce)
            || !DigestAlgorithms.TryParse(
                header.TryGet("algorithm"u8, out ReadOnlySpan<byte> token) ? token : default,
                out DigestAlgorithm algorithm
            )
        )
        {
            return null;
        }

        bool hasOpaque = header.TryGet("opaque"u8, out ReadOnlySpan<byte> opaque);
        string? qop = QopOf(header);
        return
            qop is not null
            && algorithm >= account.Weakest
            && account.Secret.Has(algorithm)
            && IsPlain(nonce)
            && IsPlain(opaque)
            ? new ReceivedChallenge(id, algorithm, nonce.ToArray(), hasOpaque ? opaque.ToArray() : null, qop)
            : null;
    }

    /// <summary>auth where it is offered, or else auth-int; "" with a server that knows neither; null for what we do not know.</summary>
    private static string? QopOf(in AuthHeader header)
    {
        if (!header.TryGet("qop"u8, out ReadOnlySpan<byte> offered))
        {
            return "";
        }

        string? found = null;
        foreach (Range range in offered.Split((byte)','))
        {
            ReadOnlySpan<byte> qop = Lws.Trim(offered[range]);
            found =
                Ascii.EqualsIgnoreCase(qop, "auth"u8) ? "auth"
                : Ascii.EqualsIgnoreCase(qop, "auth-int"u8) ? found ?? "auth-int"
                : found;
        }

        return found;
    }

    /// <summary>It is sent back as it came, so it must be something that can be sent.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> text) =>
        text.Length <= MostText && !text.ContainsAnyExceptInRange((byte)' ', (byte)'~');
}
