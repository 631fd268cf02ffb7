using System.Buffers.Text;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>
/// A lane's proxy (RFC 3261 §16). It forwards the INVITEs that it is given and what follows within their dialogs by the Route
/// header that it recorded; everything else goes on to the calls.
/// </summary>
public sealed class ProxyLayer : ITransactionUser
{
    private const int MaxTargets = 12;
    private const int DefaultBreadth = 60;
    private readonly ITransactionUser _calls;
    private readonly ForwardedRequest _requests;
    private readonly DialogRelay _relay;

    /// <summary>A proxy in front of a lane's calls.</summary>
    public ProxyLayer(CallLayer calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        _calls = calls;
        Transactions = calls.Transactions;
        var marks = new RouteMark(Transactions.Hash);
        _requests = new ForwardedRequest(Transactions, marks);
        _relay = new DialogRelay(Transactions, _requests, Responses, marks);
        Transactions.User = this;
    }

    /// <summary>Forwarded INVITEs whose transactions are alive.</summary>
    public int Count { get; private set; }

    internal TransactionLayer Transactions { get; }

    internal ForwardedResponse Responses { get; } = new();

    /// <summary>
    /// Forwards an undecided incoming call instead of answering it; the call object is done with and its listener hears no
    /// more. Null when the call is no longer open, or was refused by the checks of RFC 3261 §16.3: 420, 440, 482, 483.
    /// </summary>
    /// <param name="call">A call that has been neither progressed nor answered.</param>
    /// <param name="targets">1 to 12 places to try.</param>
    /// <param name="options">How.</param>
    /// <param name="listener">Who hears what became of it.</param>
    public ProxiedCall? Forward(
        IncomingCall call,
        ReadOnlySpan<ProxyTarget> targets,
        ForwardOptions options,
        IProxyListener? listener
    )
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(targets.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(targets.Length, MaxTargets);
        int breadth = Breadth(call.Request);
        if (!Pass(call, options.Parallel ? targets.Length : 1, breadth))
        {
            return null;
        }

        var proxied = new ProxiedCall(this, call.Request, targets, options, listener);
        if (call.HandOver(proxied) is not { } invite)
        {
            return null;
        }

        Count++;
        Transactions.Table.AllowTwins(invite);
        if (invite.LastStatus == 0)
        {
            invite.Send(100);
        }

        proxied.Begin(invite, breadth);
        return proxied;
    }

    void ITransactionUser.OnRequest(in Peer from, SipRequest request)
    {
        if (!_relay.TryForward(from, request))
        {
            _calls.OnRequest(from, request);
        }
    }

    void ITransactionUser.OnResponse(in Peer from, SipResponse response)
    {
        if (!_relay.TryForward(response))
        {
            _calls.OnResponse(from, response);
        }
    }

    internal void OnCallOver() => Count--;

    internal void ForwardAck(in Peer from, SipRequest ack) => _relay.TryForward(from, ack);

    /// <summary>Sends the INVITE of a call to one of its targets (§16.6).</summary>
    internal ClientTransaction Send(
        ProxiedCall call,
        ServerTransaction invite,
        in ProxyTarget target,
        ForwardOptions options,
        int breadth,
        ProxyBranch user
    )
    {
        SipRequest request = call.Request;
        var branch = Token.Branch(Transactions.Lane.Random, LoopMark.Of(request, Transactions.Hash).Span);
        Peer way = target.Destination;
        ReadOnlySpan<byte> message = Write(request, invite.From, target, way, options, breadth, branch);
        Peer other = Transactions.Wire.WayFor(way, message.Length);
        if (other != way)
        {
            way = other;
            message = Write(request, invite.From, target, way, options, breadth, branch);
        }

        return Transactions.Send(way, SipMethod.Invite, branch, message, user);
    }

    /// <summary>Why the other branches are taken back: RFC 3326, RFC 8197.</summary>
    internal static byte[] GlobalReason(int statusCode)
    {
        byte[] reason = [.. "SIP;cause=000;text=\""u8, .. ReasonPhrases.Of(statusCode), .. "\""u8];
        Utf8Formatter.TryFormat(statusCode, reason.AsSpan("SIP;cause=".Length), out _);
        return reason;
    }

    private ReadOnlySpan<byte> Write(
        SipRequest request,
        scoped in Peer from,
        scoped in ProxyTarget target,
        scoped in Peer way,
        ForwardOptions options,
        int breadth,
        scoped in Token branch
    )
    {
        Peer local = _requests.LocalFor(way);
        _requests.Begin(request, from, target.RequestUri.Span);
        _requests.DropRoutes(request, _relay.OwnRoutes(request));
        _requests.SetBreadth(breadth);
        _requests.Apply(request, options, local);
        return _requests.Finish(local, branch);
    }

    /// <summary>The request validation of §16.3 and RFC 5393; what fails is refused.</summary>
    private bool Pass(IncomingCall call, int branches, int breadth)
    {
        SipRequest request = call.Request;
        if (request.Has(HeaderId.ProxyRequire))
        {
            // No extension is understood at this place (item 5).
            call.Refuse(
                420,
                default,
                new HeaderField(HeaderId.Unsupported, request.Value(HeaderId.ProxyRequire).ToArray())
            );
            return false;
        }

        int statusCode =
            LoopMark.HasLooped(request, LoopMark.Of(request, Transactions.Hash)) ? 482
            : breadth < branches ? 440
            : 0;
        if (statusCode != 0)
        {
            call.Refuse(statusCode, default);
        }

        return statusCode == 0;
    }

    private static int Breadth(SipRequest request) =>
        MaxForwards.TryParse(request.Value(HeaderId.MaxBreadth), out int breadth) ? breadth : DefaultBreadth;
}
