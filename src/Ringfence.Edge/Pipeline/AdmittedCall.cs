using Ringfence.Edge.Routing;
using Ringfence.Edge.Stages;
using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Pipeline;

/// <summary>One call on its way through the stages, and what they go by.</summary>
/// <param name="Call">The call.</param>
/// <param name="State">The configuration that it is handled by, to its end.</param>
/// <param name="Trunk">The trunk that it came by.</param>
/// <param name="Parties">Who calls whom.</param>
/// <param name="Journal">What happens is noted here.</param>
/// <param name="Identity">What is known of the caller's identity.</param>
internal sealed record AdmittedCall(
    IncomingCall Call,
    EdgeState State,
    Trunk Trunk,
    InviteParties Parties,
    CallJournal Journal,
    CallIdentity Identity
);
