using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Callers;

/// <summary>Notes what comes.</summary>
internal sealed class TappedSink(IMessageSink sink, LadderLog log) : IMessageSink
{
    /// <inheritdoc/>
    public void OnMessage(in Peer from, in ParseResult message)
    {
        if (message.Message is { } sip)
        {
            log.Note(sip.Bytes, isSent: false);
        }

        sink.OnMessage(from, message);
    }

    /// <inheritdoc/>
    public void OnTransportError(in Peer to) => sink.OnTransportError(to);
}
