using System.Text;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Auth;

/// <summary>
/// The client's side of digest authentication for one account (RFC 3261 §22.2): keeps the server's last challenge and counts its
/// uses. One per lane. Requests go through a <see cref="DigestExchange"/> each.
/// </summary>
/// <param name="account">Who we are, and to whom.</param>
/// <param name="random">Where client nonces come from: the lane's.</param>
public sealed class DigestClient(DigestAccount account, LaneRandom random)
{
    private const int ClientNonceLength = 26;
    private ReceivedChallenge? _challenge;
    private uint _count;

    /// <summary>Takes the challenge of a 401 or 407; false when it is not from the account's peer and realm, or cannot be answered.</summary>
    internal bool TryTake(in Peer from, SipResponse response)
    {
        ReceivedChallenge? best = account.IsFor(from) ? ReceivedChallenge.Best(response, account) : null;
        if (best is null)
        {
            return false;
        }

        bool isNew = _challenge is null || !best.Nonce.AsSpan().SequenceEqual(_challenge.Nonce);
        _count = isNew ? 0 : _count;
        _challenge = best;
        return true;
    }

    /// <summary>Credentials for a request, by the last challenge; false when there was none, or for another peer.</summary>
    internal bool TryAuthorize(
        in Peer to,
        ReadOnlySpan<byte> method,
        ReadOnlySpan<byte> uri,
        ReadOnlySpan<byte> body,
        out DigestHeader header
    )
    {
        header = default;
        if (_challenge is not { } challenge || !account.IsFor(to))
        {
            return false;
        }

        Span<byte> clientNonce = stackalloc byte[ClientNonceLength];
        random.FillToken(clientNonce);
        string count = (++_count).ToString("x8", null);
        Span<byte> hex = stackalloc byte[DigestHash.MostHex];
        var input = new DigestInput
        {
            Algorithm = challenge.Algorithm,
            Method = method,
            Uri = uri,
            Nonce = challenge.Nonce,
            Count = Encoding.ASCII.GetBytes(count),
            ClientNonce = clientNonce,
            Qop = Encoding.ASCII.GetBytes(challenge.Qop),
            Body = body,
        };
        ReadOnlySpan<byte> response = DigestHash.Response(input, account.Secret.For(challenge.Algorithm), hex);
        header = new DigestHeader(challenge.Id, Write(challenge, uri, count, clientNonce, response));
        return true;
    }

    private byte[] Write(
        ReceivedChallenge challenge,
        ReadOnlySpan<byte> uri,
        string count,
        ReadOnlySpan<byte> clientNonce,
        ReadOnlySpan<byte> response
    )
    {
        string text =
            $"Digest username=\"{account.User}\", realm=\"{account.Realm}\", nonce=\"{Text(challenge.Nonce)}\", "
            + $"uri=\"{Text(uri)}\", response=\"{Text(response)}\", algorithm={Text(DigestAlgorithms.Token(challenge.Algorithm))}";
        text += challenge.Qop.Length > 0 ? $", qop={challenge.Qop}, nc={count}, cnonce=\"{Text(clientNonce)}\"" : "";
        text += challenge.Opaque is { } opaque ? $", opaque=\"{Text(opaque)}\"" : "";
        return Encoding.UTF8.GetBytes(text);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
