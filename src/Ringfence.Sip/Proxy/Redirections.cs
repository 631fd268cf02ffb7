using System.Text;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Resolve;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>
/// The redirections of one call (RFC 3261 §8.1.3.4, §16.7 item 4): the contacts of its 3xx responses, best q first, none to where the
/// call has been, and so many at most.
/// </summary>
/// <param name="most">Contacts that are followed at most, all responses together.</param>
/// <param name="mayCall">The addresses that may be called; null for all. Whoever answers with 3xx chooses whom this side calls.</param>
/// <param name="resolver">Looks up the hosts of contacts; null where only addresses are followed.</param>
public sealed class Redirections(int most, Func<Peer, bool>? mayCall, LaneResolver? resolver)
{
    private readonly List<ReadOnlyMemory<byte>> _been = [];
    private int _left = most;

    /// <summary>Takes note of a place that the call goes to, so that it is not redirected there.</summary>
    public void Visit(ReadOnlyMemory<byte> requestUri) => _been.Add(requestUri);

    /// <summary>
    /// The places that a 3xx leads to: at once when they are known, none where it is not to be followed; else null, and
    /// <paramref name="found"/> is called later, on the lane.
    /// </summary>
    /// <param name="response">The response. One of 305 or 380 leads nowhere: they ask for more than another address.</param>
    /// <param name="known">The listener of this peer is used where a contact does not say another.</param>
    /// <param name="found">Called with what the name servers have said.</param>
    public IReadOnlyList<ProxyTarget>? Follow(
        SipResponse response,
        in Peer known,
        Action<IReadOnlyList<ProxyTarget>> found
    )
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(found);
        var search = new Search(this, found);
        if (response.StatusCode is >= 300 and < 400 and not (305 or 380))
        {
            foreach (byte[] uri in Contacts(response))
            {
                if (_left > 0 && !HasBeenAt(uri))
                {
                    _left--;
                    Visit(uri);
                    search.Add(uri, known);
                }
            }
        }

        return search.Begin();
    }

    private bool HasBeenAt(byte[] uri) => _been.Exists(place => UriComparison.AreEqual(place.Span, uri));

    private bool MayCall(Peer peer) => mayCall?.Invoke(peer) ?? true;

    /// <summary>What a Request-URI may be made of, best q first; of equals, the first.</summary>
    private static IEnumerable<byte[]> Contacts(SipResponse response)
    {
        List<(int Q, byte[] Uri)> contacts = [];
        foreach (ReadOnlySpan<byte> item in response.Items(HeaderId.Contact))
        {
            if (NameAddr.TryParse(item, out NameAddr contact) && SipUri.TryParse(contact.Uri, out SipUri uri))
            {
                // Header lines that a contact asks for are not put in: they could be anything (§19.1.5).
                int end = uri.HasHeaders ? contact.Uri.IndexOf((byte)'?') : contact.Uri.Length;
                bool isForInvites = uri.Method.IsEmpty || Ascii.EqualsIgnoreCase(uri.Method, "INVITE"u8);
                int q = QValue.TryParse(contact.Q, out int thousandths) ? thousandths : 1000;
                if (isForInvites && q > 0)
                {
                    contacts.Add((q, contact.Uri[..end].ToArray()));
                }
            }
        }

        return contacts.OrderByDescending(contact => contact.Q).Select(contact => contact.Uri);
    }

    /// <summary>The contacts of one response.</summary>
    private sealed class Search(Redirections owner, Action<IReadOnlyList<ProxyTarget>> found)
    {
        private readonly List<ProxyTarget?> _targets = [];
        private int _open;

        internal void Add(byte[] uri, in Peer known)
        {
            if (NextHop.TryOf(uri, known, out Peer peer))
            {
                _targets.Add(owner.MayCall(peer) ? new ProxyTarget(peer, uri) : null);
                return;
            }

            int at = _targets.Count;
            _targets.Add(null);
            if (owner.Resolver is { } resolver)
            {
                _open++;
                if (resolver.Ask(uri, late => Answered(at, uri, late)) is { } answer)
                {
                    _open--;
                    _targets[at] = TargetOf(uri, answer);
                }
            }
        }

        internal List<ProxyTarget>? Begin() => _open == 0 ? Found : null;

        private List<ProxyTarget> Found => [.. _targets.OfType<ProxyTarget>()];

        private void Answered(int at, byte[] uri, Resolution answer)
        {
            _targets[at] = TargetOf(uri, answer);
            if (--_open == 0)
            {
                found(Found);
            }
        }

        private ProxyTarget? TargetOf(byte[] uri, Resolution answer)
        {
            Peer[] peers = [.. answer.Targets.Select(static target => target.Destination).Where(owner.MayCall)];
            return peers.Length == 0 ? null : new ProxyTarget(peers[0], uri) { Others = peers[1..] };
        }
    }

    private LaneResolver? Resolver => resolver;
}
