namespace Ringfence.Edge.Gate;

/// <summary>One early dialog of a gated call.</summary>
/// <param name="Leg">The far leg that it is of, counted from 0 in the order in which they were called.</param>
/// <param name="Tag">Its To tag: made up by callees, so that two legs may have the same.</param>
internal readonly record struct EarlyFork(int Leg, string Tag)
{
    /// <summary>One name for both.</summary>
    internal string Name => $"{Leg}:{Tag}";

    /// <summary>The same for its early session: no name of a dialog has a space.</summary>
    internal string EarlySessionName => $"{Name} early";
}
