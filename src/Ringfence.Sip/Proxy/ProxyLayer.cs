using System.Buffers.Text;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Resolve;
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
    private readonly DigestClients _logins;

    /// <summary>A proxy in front of a lane's calls.</summary>
    public ProxyLayer(CallLayer calls)
        : this(calls, new ProxyOptions()) { }

    /// <summary>A proxy in front of a lane's calls.</summary>
    /// <exception cref="ArgumentException">The key is not of 16 bytes.</exception>
    public ProxyLayer(CallLayer calls, ProxyOptions options)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(options);
        _calls = calls;
        Transactions = calls.Transactions;
        Resolver = options.Resolver;
        _logins = new DigestClients(Transactions.Lane.Random);
        var marks = new RouteMark(options.RouteKey.IsEmpty ? Transactions.Hash : KeyedHash.From(options.RouteKey.Span));
        _requests = new ForwardedRequest(Transactions, marks);
        _relay = new DialogRelay(Transactions, _requests, Responses, marks, options.Resolver, _logins);
        Transactions.User = this;
    }

    /// <summary>Forwarded INVITEs whose transactions are alive.</summary>
    public int Count { get; private set; }

    internal TransactionLayer Transactions { get; }

    internal ForwardedResponse Responses { get; } = new();

    /// <summary>Finds hosts by name; null where only addresses are served.</summary>
    internal LaneResolver? Resolver { get; }

    /// <summary>Where it is remembered which targets failed; null for nowhere.</summary>
    internal DeadTargets? Dead => Resolver?.Dead;

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
        ForwardOptions options,
        ProxyBranch user
    )
    {
        SipRequest request = call.Request;
        var branch = Token.Branch(Transactions.Lane.Random, LoopMark.Of(request, Transactions.Hash).Span);
        user.Way = user.Target.Destination;
        LogIn(user, request);
        ReadOnlySpan<byte> message = Write(request, invite.From, options, user, branch);
        Peer other = user.IsAsTargeted ? user.Way : Transactions.Wire.WayFor(user.Way, message.Length);
        if (other != user.Way)
        {
            user.Way = other;
            message = Write(request, invite.From, options, user, branch);
        }

        return Transactions.Send(user.Way, SipMethod.Invite, branch, message, user);
    }

    /// <summary>Credentials with the first sending, where this place has challenged before.</summary>
    private void LogIn(ProxyBranch user, SipRequest request)
    {
        if (user.Target.Login is not { } login || user.Exchange is not null)
        {
            return;
        }

        user.Exchange = _logins.Begin(login, user.Way);
        ReadOnlySpan<byte> uri = user.Target.RequestUri.IsEmpty ? request.RequestUri : user.Target.RequestUri.Span;
        if (user.Exchange.TryBegin(user.Way, "INVITE"u8, uri, request.Body, out DigestHeader header))
        {
            user.Credentials = new HeaderField(header.Id, header.Value);
        }
    }

    /// <summary>Why the other branches are taken back: RFC 3326, RFC 8197.</summary>
    public static byte[] GlobalReason(int statusCode)
    {
        byte[] reason = [.. "SIP;cause=000;text=\""u8, .. ReasonPhrases.Of(statusCode), .. "\""u8];
        Utf8Formatter.TryFormat(statusCode, reason.AsSpan("SIP;cause=".Length), out _);
        return reason;
    }

    private ReadOnlySpan<byte> Write(
        SipRequest request,
        scoped in Peer from,
        ForwardOptions options,
        ProxyBranch branch,
        scoped in Token token
    )
    {
        ProxyTarget target = branch.Target;
        Peer local = _requests.LocalFor(branch.Way);
        _requests.Begin(request, from, target.RequestUri.Span);
        _requests.DropRoutes(request, _relay.OwnRoutes(request));
        _requests.AddRoute(target.Route.Span);
        _requests.SetBreadth(branch.Breadth);
        _requests.Apply(options);
        if (options.RecordRoute)
        {
            bool keepsCaller = from.IsWebSocket || options.KeepCallerFlow;
            bool keepsCallee = branch.Way.IsWebSocket || branch.Way.Domain is not null || target.KeepFlow;
            _requests.Record(
                request,
                new RouteSide(_requests.LocalFor(from), from, keepsCaller),
                new RouteSide(local, branch.Way, keepsCallee, branch.IsShifted)
            );
        }

        if (branch.IsShifted)
        {
            _requests.Shift(request);
        }

        if (branch.Credentials is { } credentials)
        {
            _requests.Add(credentials);
        }

        return _requests.Finish(local, token);
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
