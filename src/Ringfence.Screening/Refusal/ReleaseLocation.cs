namespace Ringfence.Screening.Refusal;

/// <summary>Where in the network the call was released, seen from the element that released it (RFC 8606 §4).</summary>
public enum ReleaseLocation : byte
{
    /// <summary>LN: the public network that serves the local user.</summary>
    LocalNetwork,

    /// <summary>U: the user's own device.</summary>
    User,

    /// <summary>LPN: the private network that serves the local user.</summary>
    LocalPrivateNetwork,

    /// <summary>TN: a transit network.</summary>
    TransitNetwork,

    /// <summary>RLN: the public network that serves the remote user.</summary>
    RemoteNetwork,

    /// <summary>RPN: the private network that serves the remote user.</summary>
    RemotePrivateNetwork,
}
