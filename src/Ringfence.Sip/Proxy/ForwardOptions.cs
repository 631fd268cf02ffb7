using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>How an INVITE is forwarded.</summary>
public sealed record ForwardOptions
{
    /// <summary>Recorded in the route, one target after another, no limit on ringing but timer C.</summary>
    public static ForwardOptions Default { get; } = new();

    /// <summary>True to stay in the path of later requests (RFC 3261 §16.6 item 4).</summary>
    public bool RecordRoute { get; init; } = true;

    /// <summary>True to ring all targets at once; false for one after another.</summary>
    public bool Parallel { get; init; }

    /// <summary>Milliseconds that one target may go without a final response before it is CANCELled; 0 for timer C alone.</summary>
    public int RingTimeout { get; init; }

    /// <summary>Contacts of 3xx responses that are tried at most, all targets together; 0 passes 3xx on (§16.7 item 4).</summary>
    public int MaxRedirects { get; init; }

    /// <summary>The addresses that a 3xx may lead to; null for all. Whoever answers with 3xx chooses whom this side calls.</summary>
    public Func<Peer, bool>? MayRedirect { get; init; }

    /// <summary>Header lines to add, such as Identity.</summary>
    public IReadOnlyList<HeaderField> Add { get; init; } = [];

    /// <summary>Header lines to take out, such as P-Asserted-Identity at a trust border.</summary>
    public IReadOnlyList<HeaderId> Remove { get; init; } = [];

    /// <summary>True to treat 6xx of a callee as a plain refusal: the other targets go on.</summary>
    public bool TreatGlobalAsBusy { get; init; }

    /// <summary>
    /// True when the caller can only be reached the way that it came, as from behind a NAT: requests within the dialog then go there
    /// whatever Contact says (RFC 5626 §5.3). Browsers always are such.
    /// </summary>
    public bool KeepCallerFlow { get; init; }

    /// <summary>
    /// Milliseconds after which an address that has said nothing at all is given up for the next of <see cref="ProxyTarget.Others"/>;
    /// 0 waits as long as a transaction does.
    /// </summary>
    public int FailoverAfter { get; init; }
}
