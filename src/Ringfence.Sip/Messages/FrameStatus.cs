namespace Ringfence.Sip.Messages;

/// <summary>What a stream's buffered bytes begin with.</summary>
public enum FrameStatus : byte
{
    /// <summary>Nothing that is finished: read more, and call again with all that is buffered.</summary>
    NeedMore,

    /// <summary>
    /// A message that ends where it says; its own fault, if any, is answered and the stream goes on. The message is null for a
    /// response that must be dropped.
    /// </summary>
    Message,

    /// <summary>A double CRLF: answer a CRLF (RFC 5626 §4.4.1).</summary>
    Ping,

    /// <summary>A single CRLF: the answer to a ping, or an empty line before a start line (RFC 3261 §7.5).</summary>
    Pong,

    /// <summary>Nobody can tell where this ends: answer the message, if there is one, and close the connection.</summary>
    Malformed,
}
