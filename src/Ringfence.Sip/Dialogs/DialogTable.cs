using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;

namespace Ringfence.Sip.Dialogs;

/// <summary>A lane's dialogs, found by Call-ID and both tags (RFC 3261 §12).</summary>
internal sealed class DialogTable(KeyedHash hash)
{
    private readonly ChainedTable<Dialog, ById> _byId = new();

    internal int Count => _byId.Count;

    /// <summary>The dialog that a request came in; null when there is none.</summary>
    internal Dialog? Find(SipRequest request)
    {
        ReadOnlySpan<byte> callId = request.Value(HeaderId.CallId);
        ReadOnlySpan<byte> local = Tags.To(request);
        ReadOnlySpan<byte> remote = Tags.From(request);
        Dialog? found = _byId.First(Hash(callId, local));
        while (
            found is not null
            && !(
                found.CallId.Span.SequenceEqual(callId)
                && found.LocalTag.Span.SequenceEqual(local)
                && found.RemoteTag.Span.SequenceEqual(remote)
            )
        )
        {
            found = _byId.Next(found);
        }

        return found;
    }

    internal void Add(Dialog dialog) => _byId.Add(dialog, Hash(dialog.CallId.Span, dialog.LocalTag.Span));

    /// <summary>Ends a dialog and takes it out.</summary>
    internal void Remove(Dialog dialog)
    {
        dialog.Terminate();
        dialog.User = null;
        _byId.Remove(dialog);
    }

    private ulong Hash(ReadOnlySpan<byte> callId, ReadOnlySpan<byte> local) => hash.Of(callId, hash.Of(local));

    private readonly struct ById : IChain<Dialog>
    {
        public static ref ChainLink<Dialog> LinkOf(Dialog item) => ref item.Link;
    }
}
