namespace Ringfence.Sip.Transport;

/// <summary>What became of a message that was to be sent.</summary>
public enum SendOutcome : byte
{
    /// <summary>Handed to the network, or queued on its connection.</summary>
    Sent,

    /// <summary>No listener or connection of that transport reaches the peer.</summary>
    NoRoute,

    /// <summary>The connection's queue is full: the peer does not read.</summary>
    QueueFull,

    /// <summary>The network refused it at once.</summary>
    Failed,
}
