namespace Ringfence.Sip.Messages;

/// <summary>The URI schemes that a Request-URI of this stack can have.</summary>
public enum UriScheme : byte
{
    /// <summary>No scheme, or one that the stack has no rule for (416, RFC 3261 §8.2.2.1).</summary>
    Other,

    /// <summary>sip (RFC 3261 §19.1).</summary>
    Sip,

    /// <summary>sips (RFC 3261 §19.1).</summary>
    Sips,

    /// <summary>tel (RFC 3966).</summary>
    Tel,
}
