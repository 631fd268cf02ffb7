namespace Ringfence.Media.EarlyMedia;

/// <summary>Which of several early streams the caller hears.</summary>
public enum ForkPolicy
{
    /// <summary>The one that was heard first: its first packet that is not silence.</summary>
    FirstHeard,

    /// <summary>The one whose provisional response with SDP came first.</summary>
    FirstProvisional,

    /// <summary>The one with the highest priority among those that were heard.</summary>
    Priority,

    /// <summary>The first one whose <c>P-Early-Media</c> authorizes it (RFC 5009).</summary>
    Authorized,
}
