using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.LiveFindings;

/// <summary>The messages of a call that is over, taken off its lane.</summary>
/// <param name="Id">The call's id in records.</param>
/// <param name="Messages">Its messages in order.</param>
/// <param name="Bytes">Their bytes.</param>
internal sealed record TracedCall(string Id, TracedMessage[] Messages, byte[] Bytes)
{
    /// <summary>Room for one call without media.</summary>
    internal static readonly TraceLimits Limits = new()
    {
        MaxCalls = 1,
        MaxStreams = 1,
        MaxAudio = 0,
    };

    /// <summary>When it began, in milliseconds of Unix time.</summary>
    internal long Began =>
        Messages.Length == 0 ? 0 : new DateTimeOffset(Messages[0].Time, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>What the rules make of it. There is no media in it: rules about audio do not apply.</summary>
    internal CallDiagnosis Diagnose()
    {
        var trace = new TraceBuilder(Limits);
        for (int i = 0; i < Messages.Length; i++)
        {
            TracedMessage message = Messages[i];
            trace.OnSip(
                new CapturedPacket
                {
                    Frame = i + 1,
                    Time = (message.Time - DateTimeOffset.UnixEpoch.UtcTicks) * 100,
                    Source = Address(message.From),
                    Destination = Address(message.To),
                    Transport = Transport(message.From.Kind),
                    Payload = Bytes.AsSpan(message.Start, message.Length),
                }
            );
        }

        return CallDiagnosis.Of(
            trace.Build(
                new CaptureOutcome
                {
                    Formats = [],
                    Frames = Messages.Length,
                    SipMessages = Messages.Length,
                }
            )
        );
    }

    private static PacketAddress Address(in Peer peer) =>
        new(new AddressBits((ulong)(peer.Address >> 64), (ulong)peer.Address), peer.Port);

    private static PacketTransport Transport(TransportKind kind) =>
        kind switch
        {
            TransportKind.Udp => PacketTransport.Udp,
            TransportKind.Tcp => PacketTransport.Tcp,
            TransportKind.Tls => PacketTransport.Tls,
            _ => PacketTransport.WebSocket,
        };
}
