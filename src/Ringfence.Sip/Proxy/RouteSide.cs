using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>One side of a proxied call, as the recorded route tells it.</summary>
/// <param name="Local">The address that this side reaches us by.</param>
/// <param name="Remote">Where this side is.</param>
/// <param name="HasFlow">True when it can only be reached the way that it came (RFC 5626 §5.3).</param>
/// <param name="IsShifted">True when CSeq numbers are one higher on this side (<see cref="SequenceShift"/>).</param>
internal readonly record struct RouteSide(Peer Local, Peer Remote, bool HasFlow, bool IsShifted = false)
{
    /// <summary>True when one recorded URI serves both sides.</summary>
    internal bool IsLike(in RouteSide other) =>
        !HasFlow
        && !other.HasFlow
        && !IsShifted
        && !other.IsShifted
        && Local.Kind == other.Local.Kind
        && Local.Address == other.Local.Address
        && Local.Port == other.Local.Port;
}
