using Ringfence.Sip.Transactions;

namespace Ringfence.Sip.Calls;

/// <summary>
/// A lane's calls: the user agent core of RFC 3261 §8 and §13. New INVITEs go to the <see cref="ICallHandler"/>; what needs no
/// decision is answered here: OPTIONS, CANCEL, 405, 416, 420, 481, 482, 483, 415.
/// </summary>
public sealed class CallLayer
{
    private readonly ICallHandler _handler;
    private readonly CallOptions _options;

    /// <summary>A call layer that takes over what the transactions bring.</summary>
    public CallLayer(TransactionLayer transactions, ICallHandler handler, CallOptions options)
    {
        Transactions = transactions;
        _handler = handler;
        _options = options;
    }

    /// <summary>The layer below.</summary>
    public TransactionLayer Transactions { get; }

    /// <summary>Calls that are not over.</summary>
    public int Count { get; private set; }

    /// <summary>Begins a call. What goes wrong is told to the listener, never from within this method.</summary>
    public OutgoingCall Invite(Invitation invitation, IOutgoingCallListener listener) => new(invitation, listener);
}
