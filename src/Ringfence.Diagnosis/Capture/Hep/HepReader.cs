using Ringfence.Diagnosis.Capture.Files;
using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture.Hep;

/// <summary>
/// A file that holds HEP packets one behind the other. Those of versions 1 and 2 do not say how long they are: the SIP in them does.
/// </summary>
internal sealed class HepReader(ByteSource bytes, int input, DamageLog damage) : RecordReader(bytes, input, damage)
{
    private const int MaxPacket = ushort.MaxValue;
    private int _pending;

    public override CaptureFormat Format => CaptureFormat.Hep;

    /// <summary>Whether an input begins with a HEP packet.</summary>
    public static bool Recognises(ByteSource bytes) =>
        HepPacket.IsVersion3(bytes.Available) || (Window(bytes) is [1 or 2, ..] && LengthOf(Window(bytes)) > 0);

    public override bool Read()
    {
        Bytes.Advance(_pending);
        _pending = 0;
        while (Bytes.Ensure(6))
        {
            var window = Window(Bytes);
            _pending = LengthOf(window);
            if (_pending > 0 && HepPacket.TryParse(window[.._pending], out var packet))
            {
                Time = packet.Time;
                return true;
            }

            _pending = 0;
            Report(DamageKind.ImpossibleLength, Bytes.Offset);
            var next = NextPacket(window);
            if (next < 0)
            {
                return EndOfInput(insideRecord: true);
            }

            Bytes.Advance(next);
        }

        return EndOfInput(Bytes.Available.Length > 0);
    }

    public override void Deliver(PacketDecoder decoder, long frame)
    {
        if (HepPacket.TryParse(Bytes.Available[.._pending], out var packet))
        {
            decoder.Outlet.Hep(new FrameStamp(frame, Time, Input, Snapped: false), packet);
        }
    }

    private static ReadOnlySpan<byte> Window(ByteSource bytes)
    {
        _ = bytes.Ensure(MaxPacket);
        return bytes.Available[..Math.Min(MaxPacket, bytes.Available.Length)];
    }

    // 0 where no whole packet begins.
    private static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        if (!HepPacket.TryParse(bytes, out var packet))
        {
            return 0;
        }

        if (packet.Version == 3)
        {
            return packet.Length;
        }

        var headEnd = packet.Payload.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
        {
            return 0;
        }

        var body = ContentLength.TryFind(packet.Payload[..(headEnd + 2)], out var length) ? length : 0;
        var total = bytes.Length - packet.Payload.Length + headEnd + 4 + body;
        return total <= bytes.Length ? total : 0;
    }

    // The next place at which a packet begins: by the mark of version 3, or by what versions 1 and 2 begin with.
    private static int NextPacket(ReadOnlySpan<byte> window)
    {
        for (var at = 1; at < window.Length; at++)
        {
            var step = window[at..].IndexOfAny((byte)'H', (byte)1, (byte)2);
            if (step < 0)
            {
                return -1;
            }

            at += step;
            var rest = window[at..];
            if (
                HepPacket.IsVersion3(rest)
                || (rest[0] != (byte)'H' && rest is [_, 16 or 28 or 40 or 52, ..] && LengthOf(rest) > 0)
            )
            {
                return at;
            }
        }

        return -1;
    }
}
