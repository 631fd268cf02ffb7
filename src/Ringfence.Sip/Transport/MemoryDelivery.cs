namespace Ringfence.Sip.Transport;

/// <summary>Something that a <see cref="MemoryNetwork"/> has yet to bring: a message, or the news that one was refused.</summary>
/// <param name="Receiver">Who gets it; null when nobody lives there.</param>
/// <param name="Other">Whom the message is from, or who could not be reached.</param>
/// <param name="Bytes">The message; null for a refusal.</param>
internal sealed record MemoryDelivery(MemoryNode? Receiver, Peer Other, byte[]? Bytes)
{
    internal bool IsError => Bytes is null;
}
