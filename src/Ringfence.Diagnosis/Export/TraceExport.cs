using System.Buffers.Binary;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Media;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Export;

/// <summary>
/// Writes calls with their media as one capture: the inputs are read once more and what belongs to the calls is passed on as it comes, so that
/// nothing has to be kept in memory.
/// </summary>
public sealed class TraceExport : ICaptureSink
{
    private readonly MessageCapture _output;
    private readonly Anonymiser? _anonymiser;
    private readonly HashSet<string> _callIds;
    private readonly Dictionary<RtpStreamKey, bool> _streams = [];
    private readonly HashSet<PacketAddress> _addresses = [];
    private readonly HashSet<(PacketAddress, PacketAddress)> _routes = [];

    private TraceExport(MessageCapture output, CallTrace trace, IReadOnlyList<Call> calls, Anonymiser? anonymiser)
    {
        (_output, _anonymiser) = (output, anonymiser);
        _callIds = calls.Select(call => call.CallId).ToHashSet(StringComparer.Ordinal);

        // Media that belongs to nobody goes along with the whole, and stays where calls are picked.
        foreach (var stream in calls.Count == trace.Calls.Count ? trace.Streams : calls.SelectMany(c => c.Streams))
        {
            _streams[new RtpStreamKey(stream.Source, stream.Destination, stream.Ssrc)] = stream.IsSecure;
            Add(stream.Destination);
            Add(stream.Source);
        }

        foreach (var call in calls)
        {
            _addresses.UnionWith(call.Handshakes.SelectMany(h => new[] { h.Source, h.Destination }));
            _routes.UnionWith(call.Unreachables.Select(u => (u.Source, u.Destination)));
        }
    }

    /// <summary>Writes calls, anonymised if an anonymiser is given. A trace that did not come from inputs gives its messages alone.</summary>
    public static void Write(Stream output, CallTrace trace, IReadOnlyList<Call> calls, Anonymiser? anonymiser)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(calls);
        if (trace.Inputs is null)
        {
            MessageCapture.Write(output, calls, anonymiser);
            return;
        }

        using var capture = new MessageCapture(output);
        trace.ReadAgain(new TraceExport(capture, trace, calls, anonymiser));
    }

    /// <inheritdoc/>
    public void OnSip(in CapturedPacket packet)
    {
        if (TraceMessage.Read(packet) is { } message && _callIds.Contains(message.CallId))
        {
            Write(packet, _anonymiser is null ? packet.Payload : _anonymiser.Message(message));
        }
    }

    /// <inheritdoc/>
    public void OnDatagram(in CapturedPacket packet)
    {
        var payload = packet.Payload;
        if (payload.Length < RtpPacket.HeaderLength)
        {
            return;
        }

        if (payload[0] >> 6 != 2)
        {
            if (_addresses.Contains(packet.Source) && _addresses.Contains(packet.Destination))
            {
                Write(packet, _anonymiser is null ? payload : QuietMedia.Handshake(payload));
            }
        }
        else if (payload[1] is >= 192 and <= 223)
        {
            if (_addresses.Contains(packet.Destination))
            {
                Write(packet, _anonymiser is null ? payload : QuietMedia.Rtcp(payload));
            }
        }
        else if (IsOurs(packet, out var isSecure))
        {
            Write(packet, _anonymiser is null ? payload : QuietMedia.Rtp(payload, isSecure));
        }
    }

    /// <inheritdoc/>
    public void OnUnreachable(in CapturedPacket packet)
    {
        if (_routes.Contains((packet.Source, packet.Destination)))
        {
            _output.AddUnreachable(packet.Time, Replaced(packet.Source), Replaced(packet.Destination));
        }
    }

    private bool IsOurs(in CapturedPacket packet, out bool isSecure) =>
        _streams.TryGetValue(
            new RtpStreamKey(
                packet.Source,
                packet.Destination,
                BinaryPrimitives.ReadUInt32BigEndian(packet.Payload[8..])
            ),
            out isSecure
        );

    private void Write(in CapturedPacket packet, ReadOnlySpan<byte> payload)
    {
        if (!payload.IsEmpty)
        {
            _output.Add(packet.Time, Replaced(packet.Source), Replaced(packet.Destination), payload, packet.Dscp);
        }
    }

    // RTP and, on the next port, its RTCP.
    private void Add(PacketAddress media)
    {
        _addresses.Add(media);
        _addresses.Add(media.WithPort(media.Port + 1));
    }

    private PacketAddress Replaced(PacketAddress address) => _anonymiser?.Address(address) ?? address;
}
