using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>Writes requests as a proxy forwards them (RFC 3261 §16.6); the numbers are those of its items.</summary>
internal sealed class ForwardedRequest(TransactionLayer transactions, RouteMark marks)
{
    private const int DefaultMaxForwards = 70;
    private readonly ForwardWriter _copy = new();
    private readonly SipWriter _text = new();

    /// <summary>Begins a copy: another Request-URI (item 2), Max-Forwards less one (3), the source in the topmost Via (§18.2.1).</summary>
    internal void Begin(SipRequest request, in Peer from, ReadOnlySpan<byte> requestUri)
    {
        _copy.Begin(request);
        if (!requestUri.IsEmpty)
        {
            _copy.ReplaceRequestUri(requestUri);
        }

        WriteMaxForwards(request);
        int via = request.IndexOf(HeaderId.Via, 0);
        _copy.Replace(via, SourceVia.Write(_text, request.Value(request.Headers[via]), from));
    }

    /// <summary>The changes that the owner of the call asked for.</summary>
    internal void Apply(ForwardOptions options)
    {
        foreach (HeaderId id in options.Remove)
        {
            _copy.RemoveAll(id);
        }

        foreach (HeaderField header in options.Add)
        {
            header.WriteTo(_copy);
        }
    }

    /// <summary>Our Record-Route values (item 4).</summary>
    internal void Record(SipRequest request, in RouteSide caller, in RouteSide callee) =>
        _copy.InsertFirst(HeaderId.RecordRoute, marks.Write(_text, request, caller, callee));

    /// <summary>A route of the target's own above what is left of the received one.</summary>
    internal void AddRoute(ReadOnlySpan<byte> route)
    {
        if (!route.IsEmpty)
        {
            _copy.InsertFirst(HeaderId.Route, route);
        }
    }

    /// <summary>CSeq, and RAck, higher than the caller has them.</summary>
    internal void Shift(SipRequest request, int by = 1)
    {
        Shift(request, HeaderId.CSeq, by);
        Shift(request, HeaderId.RAck, by);
    }

    /// <summary>A header line below all others.</summary>
    internal void Add(in HeaderField header) => header.WriteTo(_copy);

    /// <summary>How many more branches the request may split into (RFC 5393 §5.3).</summary>
    internal void SetBreadth(int breadth)
    {
        _copy.RemoveAll(HeaderId.MaxBreadth);
        _text.Clear();
        _text.Append(breadth);
        _copy.InsertLast(HeaderId.MaxBreadth, _text.Written);
    }

    /// <summary>Takes values off the top of Route: ours, when the request has reached us by them (§16.4).</summary>
    internal void DropRoutes(SipRequest request, int count)
    {
        if (count == 0)
        {
            return;
        }

        _copy.RemoveAll(HeaderId.Route);
        int at = 0;
        foreach (ReadOnlySpan<byte> route in request.Items(HeaderId.Route))
        {
            if (at++ >= count)
            {
                _copy.InsertLast(HeaderId.Route, route);
            }
        }
    }

    /// <summary>Adds our Via (item 8) and ends the copy.</summary>
    internal ReadOnlySpan<byte> Finish(scoped in Peer local, scoped in Token branch)
    {
        _text.Clear();
        LocalVia.WriteValue(_text, local, branch.Span);
        _copy.InsertFirst(HeaderId.Via, _text.Written);
        return _copy.Finish();
    }

    internal Peer LocalFor(in Peer to) => transactions.Wire.TryLocal(to, out Peer local) ? local : to;

    private void Shift(SipRequest request, HeaderId id, int by)
    {
        int at = request.IndexOf(id, 0);
        if (at >= 0)
        {
            ReadOnlySpan<byte> value = request.Value(request.Headers[at]);
            _copy.Replace(at, SequenceShift.Write(_text, value, id == HeaderId.RAck, by));
        }
    }

    private void WriteMaxForwards(SipRequest request)
    {
        int at = request.IndexOf(HeaderId.MaxForwards, 0);
        int hops = 0;
        bool isGiven = at >= 0 && MaxForwards.TryParse(request.Value(request.Headers[at]), out hops);
        _text.Clear();
        _text.Append(isGiven ? hops - 1 : DefaultMaxForwards);
        if (at < 0)
        {
            _copy.InsertLast(HeaderId.MaxForwards, _text.Written);
        }
        else
        {
            _copy.Replace(at, _text.Written);
        }
    }
}
