namespace Ringfence.Sip.Resolve;

/// <summary>What became of the search for a URI's servers.</summary>
public enum ResolveStatus : byte
{
    /// <summary>There is at least one target.</summary>
    Found,

    /// <summary>The name does not exist, has no addresses, or says that the service is not there.</summary>
    NotFound,

    /// <summary>The name servers failed or were silent, or too many questions are open: another time it may go.</summary>
    Unavailable,

    /// <summary>The URI asks for a transport that is not among ours, or for sips over one that is not secure.</summary>
    Unsupported,

    /// <summary>No sip or sips URI, or its host is no name that can be looked up.</summary>
    Malformed,
}
