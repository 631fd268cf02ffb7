using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Auth;

/// <summary>
/// One request's credentials: with the first sending when the server has challenged before, and once more when it challenges
/// this one. A second challenge is not answered, so nobody can make us hash for ever (RFC 3261 §22.2).
/// </summary>
/// <param name="client">The account's side.</param>
public sealed class DigestExchange(DigestClient client)
{
    private bool _isAnswered;

    /// <summary>Credentials for the first sending; false when there was no challenge yet, or for another peer.</summary>
    /// <param name="to">Where the request goes.</param>
    /// <param name="method">Its method.</param>
    /// <param name="uri">Its Request-URI.</param>
    /// <param name="body">Its body.</param>
    /// <param name="header">The header to be added.</param>
    public bool TryBegin(
        in Peer to,
        ReadOnlySpan<byte> method,
        ReadOnlySpan<byte> uri,
        ReadOnlySpan<byte> body,
        out DigestHeader header
    ) => client.TryAuthorize(to, method, uri, body, out header);

    /// <summary>
    /// Credentials in answer to a 401 or 407; false when it comes from another peer, is for another realm, cannot be answered, or
    /// is the second: then the refusal stands.
    /// </summary>
    /// <param name="from">Who challenged.</param>
    /// <param name="challenge">The 401 or 407.</param>
    /// <param name="method">The method of the request, which is sent again with the next CSeq.</param>
    /// <param name="uri">Its Request-URI.</param>
    /// <param name="body">Its body.</param>
    /// <param name="header">The header to be added, in place of the one that was there.</param>
    public bool TryAnswer(
        in Peer from,
        SipResponse challenge,
        ReadOnlySpan<byte> method,
        ReadOnlySpan<byte> uri,
        ReadOnlySpan<byte> body,
        out DigestHeader header
    )
    {
        ArgumentNullException.ThrowIfNull(challenge);
        header = default;
        bool mayAnswer = !_isAnswered && client.TryTake(from, challenge);
        _isAnswered = true;
        return mayAnswer && client.TryAuthorize(from, method, uri, body, out header);
    }
}
