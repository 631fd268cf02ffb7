using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Observe;

/// <summary>A message, kept.</summary>
internal sealed class TapRecord(in TappedMessage message)
{
    internal Peer From { get; } = message.IsIncoming ? message.Remote : message.Local;

    internal Peer To { get; } = message.IsIncoming ? message.Local : message.Remote;

    internal DateTimeOffset Time { get; } = message.Time;

    internal byte[] Bytes { get; } = message.Bytes.ToArray();

    /// <summary>The Call-ID; empty when it has none.</summary>
    internal string CallId { get; } =
        Encoding.Latin1.GetString(
            SipParser.Parse(message.Bytes, ParserLimits.Default).Message is { } parsed
                ? parsed.Value(HeaderId.CallId)
                : default
        );
}
