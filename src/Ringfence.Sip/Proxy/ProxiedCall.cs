using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;

namespace Ringfence.Sip.Proxy;

/// <summary>The response context of one forwarded INVITE (RFC 3261 §16.2): made by <see cref="ProxyLayer.Forward"/>.</summary>
public sealed partial class ProxiedCall : IServerUser
{
    private readonly ProxyLayer _layer;
    private readonly ForwardOptions _options;
    private readonly IProxyListener? _listener;
    private readonly Queue<ProxyTarget> _targets;
    private readonly List<ProxyBranch> _branches = [];
    private readonly BestResponse _best = new();
    private readonly Redirections _redirections;
    private ServerTransaction _invite = null!;
    private int _transactions = 1;
    private int _lookups;
    private int _breadth;
    private int _takenBack;
    private bool _isClosed;

    internal ProxiedCall(
        ProxyLayer layer,
        SipRequest request,
        ReadOnlySpan<ProxyTarget> targets,
        ForwardOptions options,
        IProxyListener? listener
    )
    {
        _layer = layer;
        _options = options;
        _listener = listener;
        _targets = new Queue<ProxyTarget>(targets.ToArray());
        _redirections = new Redirections(options.MaxRedirects, options.MayRedirect, layer.Resolver);
        Request = request;
        foreach (ProxyTarget target in targets)
        {
            _redirections.Visit(target.RequestUri.IsEmpty ? request.RequestUri.ToArray() : target.RequestUri);
        }
    }

    /// <summary>The INVITE as it came.</summary>
    public SipRequest Request { get; }

    /// <summary>Whatever the owner wants to keep with the call.</summary>
    public object? Context { get; set; }

    /// <summary>True once the final response has been sent to the caller.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>Takes back what is pending, with CANCEL. False when the final response has been sent.</summary>
    /// <param name="statusCode">What the caller gets once no target is left, 400 to 699.</param>
    /// <param name="reason">A Reason value for the CANCELs; empty for none.</param>
    public bool Cancel(int statusCode, ReadOnlySpan<byte> reason)
    {
        StatusRange.Check(statusCode, 400, 699);
        if (IsCompleted)
        {
            return false;
        }

        _takenBack = statusCode;
        CancelPending(reason);
        Continue();
        return true;
    }

    void IServerUser.OnAck(ServerTransaction transaction, SipRequest ack) => _layer.ForwardAck(transaction.From, ack);

    void IServerUser.OnCancel(ServerTransaction transaction, SipRequest cancel) =>
        Cancel(487, cancel.Value(HeaderId.Reason));

    void IServerUser.OnTerminated(ServerTransaction transaction) => OnTransactionOver();

    internal void Begin(ServerTransaction invite, int breadth)
    {
        _invite = invite;
        _breadth = breadth;
        Continue();
    }

    internal void OnProgress(ProxyBranch branch, SipResponse response)
    {
        if (!IsCompleted && branch.IsPending)
        {
            _invite.SendReply(response.StatusCode, _layer.Responses.Write(response, Request));
            _listener?.OnProgress(this, response);
        }
    }

    /// <summary>A 2xx goes back at once, whatever else has happened (§16.7 item 5), and the others are taken back.</summary>
    internal void OnSuccess(SipResponse response)
    {
        ReadOnlySpan<byte> bytes = _layer.Responses.Write(response, Request);
        if (!IsCompleted || _invite.State == TransactionState.Accepted)
        {
            _invite.SendReply(response.StatusCode, bytes);
        }
        else
        {
            _layer.Transactions.Wire.Send(_invite.Peer, bytes);
        }

        if (!IsCompleted)
        {
            CancelPending("SIP;cause=200;text=\"Call completed elsewhere\""u8);
            Complete(response.StatusCode, response);
        }
    }

    internal void OnFailure(ProxyBranch branch, int statusCode, SipResponse? response)
    {
        if (TryAgain(branch, statusCode, response))
        {
            return;
        }

        (statusCode, response) = AsToldToCaller(branch, statusCode, response);
        bool isGlobal = statusCode >= 600 && !_options.TreatGlobalAsBusy;
        if (!IsCompleted && !(statusCode is >= 300 and < 400 && TryRedirect(response!)))
        {
            _best.Add(_options.TreatGlobalAsBusy && statusCode >= 600 ? 486 : statusCode, response);
        }

        if (isGlobal && !_isClosed)
        {
            CancelPending(ProxyLayer.GlobalReason(statusCode));
        }

        Continue();
    }

    /// <summary>
    /// Tells a caller that wants to know it that early dialogs are over though the call is not (RFC 6228 §5). Not where
    /// provisional responses must be reliable: a proxy cannot send those here.
    /// </summary>
    internal void OnDialogsOver(List<byte[]> tags, int statusCode)
    {
        bool isWanted =
            !IsCompleted
            && OptionTags.Has(Request, HeaderId.Supported, "199"u8)
            && !OptionTags.Has(Request, HeaderId.Require, "100rel"u8);
        for (int i = 0; isWanted && i < tags.Count; i++)
        {
            SipWriter writer = _layer.Transactions.Writer;
            Reply.Start(writer, Request, _invite.From, 199, default, tags[i]);
            writer.Begin(HeaderId.Reason);
            writer.Append("SIP;cause="u8);
            writer.Append(statusCode);
            writer.End();
            _invite.SendReply(199, writer.Finish());
        }
    }

    internal void OnTransactionOver()
    {
        if (--_transactions == 0)
        {
            _layer.OnCallOver();
        }
    }

    /// <summary>Forwards to the next target or targets; with none left and nothing pending, the best response goes back.</summary>
    private void Continue()
    {
        while (!_isClosed && _targets.Count > 0 && (_options.Parallel || !HasPending))
        {
            Forward(_targets.Dequeue(), _options.Parallel ? Math.Max(1, _breadth / (_targets.Count + 1)) : _breadth);
        }

        if (!IsCompleted && !HasPending)
        {
            SendBest();
        }
    }

    private bool HasPending => (_lookups > 0 && !_isClosed) || _branches.Exists(static branch => branch.IsPending);

    private void Forward(in ProxyTarget target, int breadth)
    {
        _breadth -= _options.Parallel ? breadth : 0;
        Start(new ProxyBranch(this, target, breadth));
    }

    private void Start(ProxyBranch branch)
    {
        _branches.Add(branch);
        _transactions++;
        branch.Begin(_layer.Send(this, _invite, _options, branch), _options);
    }

    private void CancelPending(ReadOnlySpan<byte> reason)
    {
        _isClosed = true;
        _targets.Clear();
        foreach (ProxyBranch branch in _branches)
        {
            branch.Cancel(reason);
        }
    }

    private void SendBest()
    {
        int statusCode = _takenBack > 0 && _best.StatusCode < 600 ? _takenBack : _best.StatusCode;
        SipResponse? response =
            _best.StatusCode == statusCode || _best.Response?.StatusCode >= 600 ? _best.Response : null;
        if (statusCode == 503)
        {
            // It says that one server is unavailable, not that this one is (item 6).
            statusCode = 500;
            response = null;
        }

        if (response is null)
        {
            _invite.Send(statusCode);
        }
        else
        {
            statusCode = response.StatusCode;
            _invite.SendReply(statusCode, _layer.Responses.Write(response, Request, _best.Challenges));
        }

        Complete(statusCode, response);
    }

    private void Complete(int statusCode, SipResponse? response)
    {
        IsCompleted = true;
        _isClosed = true;
        _targets.Clear();
        _listener?.OnCompleted(this, statusCode, response);
    }
}
