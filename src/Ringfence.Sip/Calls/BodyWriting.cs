using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <summary>Ends a message with a body.</summary>
internal static class BodyWriting
{
    internal static ReadOnlySpan<byte> Finish(this SipWriter writer, scoped in Body body)
    {
        if (!body.Disposition.IsEmpty)
        {
            writer.Header(HeaderId.ContentDisposition, body.Disposition.Span);
        }

        return writer.Finish(body.ContentType.Span, body.Content.Span);
    }
}
