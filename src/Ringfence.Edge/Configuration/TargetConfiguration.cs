using Ringfence.Sip.Auth;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Configuration;

/// <summary>One target of a route.</summary>
/// <param name="Uri">The URI as written.</param>
/// <param name="User">Its user part, or null: then the called number stays.</param>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">Port; the transport's default when none was written.</param>
/// <param name="Transport">The transport that the URI names; UDP when it names none.</param>
public sealed record TargetConfiguration(string Uri, string? User, string Host, int Port, TransportKind Transport)
{
    /// <summary>What stands in a route for whoever is registered under the called name.</summary>
    internal const string Registered = "registered";

    /// <summary>True when calls go to the contacts that the called user has registered.</summary>
    public bool IsRegistered => Uri == Registered;

    /// <summary>Who the edge is there, should it be challenged; null for nobody.</summary>
    public DigestLogin? Login { get; init; }
}
