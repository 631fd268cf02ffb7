namespace Ringfence.Sip.Transactions;

/// <summary>One cell of a machine's table.</summary>
/// <param name="Next">The state to go to.</param>
/// <param name="Actions">What to do on the way.</param>
internal readonly record struct Transition(TransactionState Next, TransactionActions Actions);
