using Ringfence.Sip.Auth;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>All that an outgoing INVITE says. URIs and header values are UTF-8 bytes as they are to stand on the wire.</summary>
public sealed record Invitation
{
    /// <summary>Where to send it: the first hop.</summary>
    public required Peer Destination { get; init; }

    /// <summary>
    /// True when the callee can only be reached by that way, from behind a NAT or by its own connection: requests within the call then
    /// go there whatever its Contact says (RFC 5626 §5.3). Of a browser always so.
    /// </summary>
    public bool KeepFlow { get; init; }

    /// <summary>The Request-URI.</summary>
    public required ReadOnlyMemory<byte> RequestUri { get; init; }

    /// <summary>The From value without tag: name-addr or addr-spec. The tag is added.</summary>
    public required ReadOnlyMemory<byte> From { get; init; }

    /// <summary>The To value without tag.</summary>
    public required ReadOnlyMemory<byte> To { get; init; }

    /// <summary>The Call-ID; empty for one that the lane makes up.</summary>
    public ReadOnlyMemory<byte> CallId { get; init; }

    /// <summary>The Contact value, angle brackets included; empty for the address of the listener that sends it.</summary>
    public ReadOnlyMemory<byte> Contact { get; init; }

    /// <summary>Route values for a pre-loaded route set, first hop first (RFC 3261 §8.1.1.1).</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Routes { get; init; } = [];

    /// <summary>Further header lines: Identity, P-Asserted-Identity, Supported and so on.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>The offer; none for a delayed offer.</summary>
    public Body Body { get; init; }

    /// <summary>Max-Forwards: the received one less one on the far leg of a back-to-back call.</summary>
    public int MaxForwards { get; init; } = 70;

    /// <summary>The methods that this side takes within the call, as in Allow; empty for those of <see cref="CallOptions.Allow"/>.</summary>
    public ReadOnlyMemory<byte> Allow { get; init; }

    /// <summary>Reliable provisional responses; null for those of <see cref="CallOptions.Reliability"/>.</summary>
    public Reliability? Reliability { get; init; }

    /// <summary>True when early sessions are understood, and answered from <see cref="IOutgoingCallListener.OnProgress"/> (RFC 3959).</summary>
    public bool TakesEarlySession { get; init; }

    /// <summary>
    /// Further ways to the same callee, tried in turn with the same INVITE when a target answers 503, does not answer at all or cannot be
    /// reached (RFC 3263 §4.3).
    /// </summary>
    public IReadOnlyList<Peer> Alternatives { get; init; } = [];

    /// <summary>Credentials for a 401 or 407, which is answered once (RFC 3261 §22.2); null for none.</summary>
    public DigestClient? Credentials { get; init; }

    /// <summary>The session interval to ask for, in seconds, 0 for none; null for that of <see cref="CallOptions.SessionExpires"/>.</summary>
    public int? SessionExpires { get; init; }

    /// <summary>Header lines that the INVITE and every further message of the call have: <see cref="Call.Standing"/>.</summary>
    public IReadOnlyList<HeaderField> Standing { get; init; } = [];

    /// <summary>Milliseconds after which an unanswered call is taken back with CANCEL; 0 for no limit of this side's.</summary>
    public int RingTimeout { get; init; }
}
