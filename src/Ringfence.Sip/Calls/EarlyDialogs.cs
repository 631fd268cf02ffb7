using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;

namespace Ringfence.Sip.Calls;

/// <summary>The dialogs that responses to one INVITE make, one for each fork, found by the To tag (RFC 3261 §12.1.2).</summary>
internal sealed class EarlyDialogs(CallLayer layer, InviteSender sender, IDialogUser user)
{
    private readonly List<Dialog> _dialogs = [];

    internal IReadOnlyList<Dialog> All => _dialogs;

    /// <summary>The dialog of a provisional response; null for one fork too many.</summary>
    internal Dialog? FindOrAdd(SipResponse response) =>
        Find(response) ?? (_dialogs.Count < layer.Options.MaxEarlyDialogs ? Add(response) : null);

    internal Dialog? Find(SipResponse response) => _dialogs.Find(dialog => IsOf(dialog, response));

    internal Dialog Add(SipResponse response)
    {
        Dialog dialog = sender.MakeDialog(response);
        dialog.User = user;
        _dialogs.Add(dialog);
        layer.Dialogs.Add(dialog);
        return dialog;
    }

    /// <summary>The dialog of the answered call is early no more.</summary>
    internal void Release(Dialog dialog) => _dialogs.Remove(dialog);

    /// <summary>What no 2xx confirmed ends with the transaction (§13.2.2.4).</summary>
    internal void Forget()
    {
        foreach (Dialog dialog in _dialogs)
        {
            if (dialog.State == DialogState.Early)
            {
                layer.Dialogs.Remove(dialog);
            }
        }

        _dialogs.Clear();
    }

    internal static bool IsOf(Dialog dialog, SipResponse response) =>
        dialog.RemoteTag.Span.SequenceEqual(Tags.To(response));
}
