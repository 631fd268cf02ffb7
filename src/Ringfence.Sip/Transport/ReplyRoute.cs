using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>
/// Where a response goes (RFC 3261 §18.2.2, RFC 3581 §4). Always to the address that the request came from: maddr and a received
/// that the sender wrote himself are not followed, for by them a stranger could aim our answers at a third host.
/// </summary>
public static class ReplyRoute
{
    /// <summary>
    /// The peer to answer: on a stream its connection; on UDP the source address, at the source port when the top Via has rport and
    /// at the port of sent-by when it has not.
    /// </summary>
    public static Peer For(in Peer source, SipRequest request) =>
        source.IsReliable || !TryTop(request, out Via via) || via.HasRport
            ? source
            : source with
            {
                Port = PortOf(via, source.Kind),
            };

    /// <summary>
    /// Where to open a new connection for the response when the one that the request came by is gone: the source address at the
    /// port of sent-by.
    /// </summary>
    public static Peer Reopened(in Peer source, SipRequest request) =>
        TryTop(request, out Via via) ? source with { Port = PortOf(via, source.Kind), Connection = 0 } : source;

    /// <summary>True for a stream to a server: a browser takes no connections (RFC 7118 §5).</summary>
    internal static bool CanReopen(in Peer peer) => peer.Kind is TransportKind.Tcp or TransportKind.Tls;

    internal static bool TryTop(SipRequest request, out Via via)
    {
        ArgumentNullException.ThrowIfNull(request);
        HeaderItems vias = request.Items(HeaderId.Via);
        via = default;
        return vias.MoveNext() && Via.TryParse(vias.Current, out via);
    }

    private static ushort PortOf(in Via via, TransportKind kind) =>
        via.SentBy.Port > 0 ? (ushort)via.SentBy.Port
        : kind is TransportKind.Tls or TransportKind.Wss ? (ushort)5061
        : (ushort)5060;
}
