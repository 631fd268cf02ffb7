using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Stages;

/// <summary>Reason headers that go from one leg to the other (RFC 3326, RFC 6432).</summary>
internal static class Reasons
{
    /// <summary>The callee answered with media that the caller's side cannot join.</summary>
    internal static HeaderField IncompatibleMedia { get; } =
        new(HeaderId.Reason, "SIP;cause=488;text=\"Not Acceptable Here\"");

    /// <summary>Another callee answered.</summary>
    internal static HeaderField CompletedElsewhere { get; } =
        new(HeaderId.Reason, "SIP;cause=200;text=\"Call completed elsewhere\"");

    /// <summary>The call was early for longer than the edge allows.</summary>
    internal static HeaderField EarlyForTooLong { get; } =
        new(HeaderId.Reason, "SIP;cause=480;text=\"Early media limit\"");

    /// <summary>The Reason lines of a message, to be passed on; none for no message.</summary>
    internal static HeaderField[] Of(SipMessage? message)
    {
        if (message is null || !message.Has(HeaderId.Reason))
        {
            return [];
        }

        List<HeaderField> fields = [];
        foreach (ref readonly HeaderRef header in message.Headers)
        {
            if (header.Id == HeaderId.Reason)
            {
                fields.Add(new HeaderField(HeaderId.Reason, message.Value(header).ToArray()));
            }
        }

        return [.. fields];
    }
}
