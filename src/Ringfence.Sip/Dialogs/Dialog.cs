namespace Ringfence.Sip.Dialogs;

/// <summary>One dialog: the relation of two user agents that a response to an INVITE made (RFC 3261 §12).</summary>
public sealed class Dialog
{
    /// <summary>Where it stands.</summary>
    public DialogState State { get; private set; }

    /// <summary>The Call-ID.</summary>
    public ReadOnlyMemory<byte> CallId { get; }

    /// <summary>The tag of this side.</summary>
    public ReadOnlyMemory<byte> LocalTag { get; }

    /// <summary>The far side's tag; empty when it gave none (RFC 2543).</summary>
    public ReadOnlyMemory<byte> RemoteTag { get; }

    /// <summary>The URI that requests within the dialog go to.</summary>
    public ReadOnlyMemory<byte> RemoteTarget { get; private set; }

    /// <summary>The first session description that came in this dialog: of early media or of the answer; empty when none did.</summary>
    public ReadOnlyMemory<byte> RemoteDescription { get; private set; }

    /// <summary>Whatever the owner of the call wants to keep with this dialog.</summary>
    public object? Context { get; set; }
}
