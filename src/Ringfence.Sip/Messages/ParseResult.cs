namespace Ringfence.Sip.Messages;

/// <summary>What the parser makes of some bytes.</summary>
/// <param name="Message">
/// The message. With a fault: the message as far as it could be indexed, so that it can be answered; null when not even that.
/// </param>
/// <param name="Malformed">The first fault that was met; <see cref="Malformed.None"/> for a sound message.</param>
public readonly record struct ParseResult(SipMessage? Message, Malformed Malformed)
{
    /// <summary>True when the message is sound.</summary>
    public bool IsSound => Message is not null && !Malformed.IsFault;
}
