using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transactions;

/// <summary>
/// The server transactions, found by branch, sent-by and method (RFC 3261 §17.2.3), and those of requests without a To tag
/// also by From tag, Call-ID and CSeq, to notice a request that came by two ways (§8.2.2.2).
/// </summary>
internal sealed class ServerTable(KeyedHash hash)
{
    private readonly ChainedTable<ServerTransaction, ByKey> _byKey = new();
    private readonly ChainedTable<ServerTransaction, ByMerge> _byMerge = new();

    internal int Count => _byKey.Count;

    /// <summary>
    /// The transaction that a request belongs to: an ACK to that of its INVITE, a CANCEL to that of the request it cancels.
    /// </summary>
    internal ServerTransaction? Find(SipRequest request, in ViaId id)
    {
        ServerTransaction? found = _byKey.First(id.Hash(hash));
        while (found is not null && !(found.Id.Equals(id) && IsSameRequest(request, found, id.HasCookie)))
        {
            found = _byKey.Next(found);
        }

        return found;
    }

    /// <summary>True when another transaction has the same From tag, Call-ID and CSeq: the request forked and met again here.</summary>
    internal bool HasTwin(SipRequest request)
    {
        ServerTransaction? twin = Tags.To(request).IsEmpty ? _byMerge.First(MergeHash(request)) : null;
        while (twin is not null && !IsTwin(request, twin.Request))
        {
            twin = _byMerge.Next(twin);
        }

        return twin is not null;
    }

    internal void Add(ServerTransaction transaction)
    {
        _byKey.Add(transaction, transaction.Id.Hash(hash));
        if (Tags.To(transaction.Request).IsEmpty)
        {
            _byMerge.Add(transaction, MergeHash(transaction.Request));
        }
    }

    internal void Remove(ServerTransaction transaction)
    {
        _byKey.Remove(transaction);
        _byMerge.Remove(transaction);
    }

    /// <summary>A proxied request may come back (a spiral, §16.3): it is nobody's twin.</summary>
    internal void AllowTwins(ServerTransaction transaction) => _byMerge.Remove(transaction);

    private ulong MergeHash(SipRequest request) => hash.Of(request.Value(HeaderId.CallId), hash.Of(Tags.From(request)));

    private static bool IsTwin(SipRequest one, SipRequest other) =>
        one.Value(HeaderId.CallId).SequenceEqual(other.Value(HeaderId.CallId))
        && one.Value(HeaderId.CSeq).SequenceEqual(other.Value(HeaderId.CSeq))
        && Tags.From(one).SequenceEqual(Tags.From(other));

    private static bool IsSameRequest(SipRequest request, ServerTransaction transaction, bool hasCookie)
    {
        bool methodFits = request.Method switch
        {
            SipMethod.Ack => transaction.IsInvite,
            SipMethod.Cancel => true,
            _ => request.MethodName.SequenceEqual(transaction.Request.MethodName),
        };
        return methodFits && (hasCookie || IsSameByRfc2543(request, transaction));
    }

    /// <summary>Request-URI, tags, Call-ID and CSeq number; the topmost Via has been compared (§17.2.3).</summary>
    private static bool IsSameByRfc2543(SipRequest request, ServerTransaction transaction)
    {
        SipRequest known = transaction.Request;
        return request.RequestUri.SequenceEqual(known.RequestUri)
            && Tags.From(request).SequenceEqual(Tags.From(known))
            && request.Value(HeaderId.CallId).SequenceEqual(known.Value(HeaderId.CallId))
            && CSeqValue.TryParse(request.Value(HeaderId.CSeq), out uint number, out _)
            && CSeqValue.TryParse(known.Value(HeaderId.CSeq), out uint knownNumber, out _)
            && number == knownNumber
            && (
                request.Method == SipMethod.Ack
                    ? HasTagOfResponse(request, transaction)
                    : Tags.To(request).SequenceEqual(Tags.To(known))
            );
    }

    /// <summary>The To tag tells an ACK for this transaction's response from an ACK for another's (§17.2.3).</summary>
    private static bool HasTagOfResponse(SipRequest ack, ServerTransaction transaction)
    {
        SipMessage? response = SipParser.Parse(transaction.Last, ParserLimits.Default).Message;
        return response is not null && Tags.To(ack).SequenceEqual(Tags.To(response));
    }

    private readonly struct ByKey : IChain<ServerTransaction>
    {
        public static ref ChainLink<ServerTransaction> LinkOf(ServerTransaction item) => ref item.KeyLink;
    }

    private readonly struct ByMerge : IChain<ServerTransaction>
    {
        public static ref ChainLink<ServerTransaction> LinkOf(ServerTransaction item) => ref item.MergeLink;
    }
}
