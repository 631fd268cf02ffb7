using System.Buffers.Binary;
using Ringfence.Diagnosis.Media;
using Ringfence.Media.Codecs;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Export;

/// <summary>
/// Takes out of media what can be heard or dialled: audio becomes a faint noise where there was sound and silence where there was none, digits
/// become 0. Sequence, time, payload type and length stay.
/// </summary>
internal static class QuietMedia
{
    private const byte SenderReport = 200;
    private const byte ReceiverReport = 201;
    private const int StunHeader = 20;
    private const int DtlsHead = 14;

    // About -50 dBm0: more than silence, and nothing that anybody would listen to.
    private const short Faint = 60;

    // Below a twentieth of that a frame was silence before.
    private const int Silent = 24;

    private static readonly byte[] FaintG722 = EncodeG722();

    /// <summary>A packet of a stream.</summary>
    public static byte[] Rtp(ReadOnlySpan<byte> packet, bool isSecure)
    {
        var quiet = packet.ToArray();
        if (RtpPacket.Read(packet, out var rtp) != RtpFault.None || !packet.Overlaps(rtp.Payload, out var at))
        {
            quiet.AsSpan(Math.Min(RtpPacket.HeaderLength, quiet.Length)).Clear();
            return quiet;
        }

        var payload = quiet.AsSpan(at, rtp.Payload.Length);
        var type = rtp.Header.PayloadType;
        if (isSecure)
        {
            payload.Clear();
        }
        else if (type >= 96 && DtmfEvents.LooksLikeOne(payload))
        {
            payload[0] = payload[0] < 10 ? (byte)0 : payload[0];
        }
        else
        {
            Quieten(payload, type);
        }

        return quiet;
    }

    /// <summary>The reports of a compound packet; descriptions, which name people, are left out. Null where none is left.</summary>
    public static byte[]? Rtcp(ReadOnlySpan<byte> packet)
    {
        var kept = new List<byte>();
        while (packet.Length >= 8 && packet[0] >> 6 == 2)
        {
            var length = Math.Min(packet.Length, 4 * (1 + BinaryPrimitives.ReadUInt16BigEndian(packet[2..])));
            if (packet[1] is SenderReport or ReceiverReport)
            {
                kept.AddRange(packet[..length]);
            }

            packet = packet[length..];
        }

        return kept.Count == 0 ? null : [.. kept];
    }

    /// <summary>STUN without its attributes, DTLS without what follows the type of its message; null for anything else.</summary>
    public static byte[]? Handshake(ReadOnlySpan<byte> packet)
    {
        if (packet.Length >= StunHeader && packet[0] < 4)
        {
            var stun = packet[..StunHeader].ToArray();
            stun[2] = stun[3] = 0;
            return stun;
        }

        return packet.Length >= DtlsHead && packet[0] is >= 20 and < 64 ? packet[..DtlsHead].ToArray() : null;
    }

    private static void Quieten(Span<byte> payload, byte type)
    {
        switch (type)
        {
            case 0 or 8:
                var wasSilent = true;
                for (var i = 0; i < payload.Length; i++)
                {
                    var sample = type == 0 ? MuLaw.Decode(payload[i]) : ALaw.Decode(payload[i]);
                    wasSilent &= Math.Abs((int)sample) <= Silent;
                }

                for (var i = 0; i < payload.Length; i++)
                {
                    var sample = wasSilent ? (short)0 : Noise(i);
                    payload[i] = type == 0 ? MuLaw.Encode(sample) : ALaw.Encode(sample);
                }

                break;
            case 9:
                for (var i = 0; i < payload.Length; i++)
                {
                    payload[i] = FaintG722[i % FaintG722.Length];
                }

                break;
            default:
                payload.Clear();
                break;
        }
    }

    private static short Noise(int at) => unchecked((uint)at * 0x9E37_79B1) >> 31 == 0 ? Faint : (short)-Faint;

    private static byte[] EncodeG722()
    {
        using var codec = new G722Codec();
        var encoded = new byte[160];
        codec.Encode([.. Enumerable.Range(0, 2 * encoded.Length).Select(Noise)], encoded);
        return encoded;
    }
}
