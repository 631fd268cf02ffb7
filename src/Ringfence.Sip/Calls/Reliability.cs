namespace Ringfence.Sip.Calls;

/// <summary>Whether provisional responses are sent reliably (RFC 3262).</summary>
public enum Reliability : byte
{
    /// <summary>
    /// Where the far side can, for those that carry SDP; where it requires it, for all. INVITEs of ours say Supported: 100rel.
    /// </summary>
    Supported,

    /// <summary>Never: an INVITE that requires it is refused with 420.</summary>
    Off,

    /// <summary>
    /// Always: an INVITE that does not support it is refused with 421; INVITEs of ours say Require: 100rel.
    /// </summary>
    Required,
}
