namespace Ringfence.Edge.Configuration;

/// <summary>How far the edge stays in a call that it lets go on.</summary>
public enum TrunkMode
{
    /// <summary>In the signalling path; media goes past it.</summary>
    Proxy,

    /// <summary>Back to back: early media, challenge, relay of RTP.</summary>
    Gate,

    /// <summary>Answers 302 or a refusal and is out.</summary>
    Redirect,
}
