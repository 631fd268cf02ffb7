using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Routing;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Stages;

/// <summary>What a gated call is begun with.</summary>
/// <param name="Lane">The call's lane.</param>
/// <param name="Calls">Where its far leg is made.</param>
/// <param name="Services">What all lanes share.</param>
/// <param name="EarlyMedia">What the caller hears.</param>
/// <param name="Trunk">The trunk that it came by.</param>
/// <param name="Parties">Who calls whom.</param>
/// <param name="Wire">Knows the local addresses.</param>
/// <param name="Journal">What happens is noted here.</param>
/// <param name="Identity">What is known of the caller's identity.</param>
/// <param name="Lines">What of the INVITE says who calls, as the callee gets it; null: as it came.</param>
internal sealed record GateSetup(
    Lane Lane,
    CallLayer Calls,
    EdgeServices Services,
    EarlyMediaConfiguration EarlyMedia,
    Trunk Trunk,
    InviteParties Parties,
    IWire Wire,
    CallJournal Journal,
    CallIdentity Identity,
    CallerLines? Lines
)
{
    /// <summary>Who this edge is to places that challenge it; null where nobody does.</summary>
    internal DigestClients? Logins { get; init; }

    /// <summary>The places that its callees may send it to; null: none.</summary>
    internal Redirections? Redirections { get; init; }

    /// <summary>Whether its targets are called one after another or all at once.</summary>
    internal ForkMode Fork { get; init; }

    /// <summary>The languages that the caller prefers (RFC 3261 §20.3); empty where it says nothing.</summary>
    internal string AcceptLanguage { get; init; } = "";

    /// <summary>What media may flow before the answer.</summary>
    internal EarlyDirections Authorized => Trunk.Configuration.Early.Authorize ?? EarlyMedia.Authorize;
}
