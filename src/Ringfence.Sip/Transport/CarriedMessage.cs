namespace Ringfence.Sip.Transport;

/// <summary>One message as a <see cref="MemoryNetwork"/> took it from its sender.</summary>
/// <param name="From">The sender, as the receiver would see it.</param>
/// <param name="To">Where it was sent.</param>
/// <param name="Bytes">The message.</param>
/// <param name="Copies">How many copies are on their way: 0 lost or refused, 1 delivered, 2 duplicated.</param>
public readonly record struct CarriedMessage(Peer From, Peer To, ReadOnlyMemory<byte> Bytes, int Copies);
