namespace Ringfence.Edge.Evidence;

/// <summary>What a callee had to do with a caller.</summary>
/// <param name="Dialled">The callee has called it.</param>
/// <param name="Answered">The callee has talked with it.</param>
/// <param name="Contact">It is in the callee's address book.</param>
/// <param name="At">When any of it last changed.</param>
internal readonly record struct PairHistory(bool Dialled, bool Answered, bool Contact, DateTimeOffset At);
