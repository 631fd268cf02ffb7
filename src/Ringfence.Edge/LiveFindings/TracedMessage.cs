using Ringfence.Sip.Transport;

namespace Ringfence.Edge.LiveFindings;

/// <summary>Where one message of a traced call lies, and which way it went.</summary>
/// <param name="Start">Where its bytes begin.</param>
/// <param name="Length">How many they are.</param>
/// <param name="Time">When, in ticks of UTC.</param>
/// <param name="From">Who sent it.</param>
/// <param name="To">Who got it.</param>
internal readonly record struct TracedMessage(int Start, int Length, long Time, Peer From, Peer To);
