using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Auth;

/// <summary>Who we are to one peer. The credentials go to this peer and for this realm only, whoever asks for them.</summary>
public sealed class DigestAccount
{
    /// <summary>An account.</summary>
    /// <param name="peer">Transport, address and port of the one server that may challenge.</param>
    /// <param name="realm">Its realm, exactly.</param>
    /// <param name="user">The user name; no control characters.</param>
    /// <param name="secret">The secret of that user in that realm.</param>
    public DigestAccount(in Peer peer, string realm, string user, DigestSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentException.ThrowIfNullOrEmpty(realm);
        ArgumentException.ThrowIfNullOrEmpty(user);
        if ((realm + user).Any(c => char.IsControl(c) || c is '"' or '\\'))
        {
            throw new ArgumentException("Realm and user can hold no quotes, backslashes or control characters.");
        }

        Peer = peer;
        Realm = realm;
        User = user;
        Secret = secret;
    }

    /// <summary>The one server that may challenge.</summary>
    public Peer Peer { get; }

    /// <summary>Its realm.</summary>
    public string Realm { get; }

    /// <summary>The user name.</summary>
    public string User { get; }

    /// <summary>The weakest algorithm that is answered; above MD5, a forged challenge cannot talk us down to it (RFC 8760 §3).</summary>
    public DigestAlgorithm Weakest { get; init; } = DigestAlgorithm.Md5;

    internal DigestSecret Secret { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{User} of \"{Realm}\" at {Peer}";

    internal bool IsFor(in Peer peer) =>
        peer.Kind == Peer.Kind && peer.Address == Peer.Address && peer.Port == Peer.Port;
}
