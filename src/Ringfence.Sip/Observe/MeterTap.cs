using System.Buffers.Text;
using System.Diagnostics.Metrics;
using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Observe;

/// <summary>Counts messages by direction and method or status: <c>sip.messages</c>.</summary>
internal sealed class MeterTap(Meter meter) : IMessageTap
{
    private static readonly object[] Statuses = [.. Enumerable.Range(0, 700).Select(status => (object)status)];
    private static readonly string[] Methods =
    [
        "other",
        .. Enum.GetValues<SipMethod>()
            .Where(method => method != SipMethod.Other)
            .Select(method => Encoding.ASCII.GetString(SipMethods.Name(method))),
    ];

    private readonly Counter<long> _messages = meter.CreateCounter<long>(
        "sip.messages",
        "{message}",
        "SIP messages, by direction (in, out) and by method or status."
    );

    public void OnMessage(in TappedMessage message)
    {
        if (!_messages.Enabled)
        {
            return;
        }

        var direction = new KeyValuePair<string, object?>("direction", message.IsIncoming ? "in" : "out");
        _messages.Add(1, direction, What(message.Bytes));
    }

    // A stranger's method has no name of its own here: he could make up a million.
    private static KeyValuePair<string, object?> What(ReadOnlySpan<byte> message)
    {
        if (!message.StartsWith("SIP/2.0 "u8))
        {
            int space = Math.Max(0, message.IndexOf((byte)' '));
            return new("method", Methods[(int)SipMethods.Parse(message[..space])]);
        }

        bool isStatus = Utf8Parser.TryParse(message[8..], out int status, out _) && status is >= 100 and < 700;
        return new("status", Statuses[isStatus ? status : 0]);
    }
}
