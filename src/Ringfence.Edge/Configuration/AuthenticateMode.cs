namespace Ringfence.Edge.Configuration;

/// <summary>Whether the callers of a trunk have to show who they are (RFC 3261 §22).</summary>
public enum AuthenticateMode
{
    /// <summary>No: their address, or their certificate, says it.</summary>
    No,

    /// <summary>Each is a user: he registers, and calls under his own name.</summary>
    Users,

    /// <summary>It is a neighbour with an account: it calls under any name.</summary>
    Trunk,
}
