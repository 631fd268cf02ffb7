namespace Ringfence.Screening.Facts;

/// <summary>What this callee and this caller had to do with each other before.</summary>
/// <param name="Dialled">The callee has called this number.</param>
/// <param name="Answered">The callee has answered this number and did not call it unwanted.</param>
/// <param name="Contact">The caller is in the callee's address book.</param>
/// <param name="RecentAttempts">Earlier calls of this caller to this callee within the last minutes: people who need someone ring again.</param>
public readonly record struct CalleeHistory(bool Dialled, bool Answered, bool Contact, int RecentAttempts);
