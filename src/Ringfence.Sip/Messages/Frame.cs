namespace Ringfence.Sip.Messages;

/// <summary>What <see cref="SipFramer.Read"/> found at the start of the buffered bytes.</summary>
/// <param name="Status">What it is.</param>
/// <param name="Consumed">Bytes to remove from the front of the buffer; 0 unless something is finished.</param>
/// <param name="Message">The message, for Message and, where it could be indexed, for Malformed.</param>
/// <param name="Malformed">The fault, for Message and Malformed.</param>
public readonly record struct Frame(
    FrameStatus Status,
    int Consumed = 0,
    SipMessage? Message = null,
    Malformed Malformed = default
);
