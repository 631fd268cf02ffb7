namespace Ringfence.Sip.Resolve;

/// <summary>A URI's servers.</summary>
/// <param name="Status">What became of the search.</param>
/// <param name="Targets">Where the request can be sent, in the order to try; empty unless found.</param>
public sealed record Resolution(ResolveStatus Status, IReadOnlyList<SipTarget> Targets)
{
    internal static readonly Resolution Unavailable = new(ResolveStatus.Unavailable, []);
}
