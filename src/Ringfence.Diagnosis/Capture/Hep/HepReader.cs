using Ringfence.Diagnosis.Capture.Files;

namespace Ringfence.Diagnosis.Capture.Hep;

/// <summary>A file that holds HEP version 3 packets one behind the other.</summary>
internal sealed class HepReader(ByteSource bytes, int input, DamageLog damage) : RecordReader(bytes, input, damage)
{
    private int _pending;

    public override CaptureFormat Format => CaptureFormat.Hep;

    public override bool Read()
    {
        Bytes.Advance(_pending);
        _pending = 0;
        while (Bytes.Ensure(6))
        {
            _ = Bytes.Ensure(ushort.MaxValue);
            if (HepPacket.TryParse(Bytes.Available, out var packet) && packet.Version == 3)
            {
                Time = packet.Time;
                _pending = packet.Length;
                return true;
            }

            Report(DamageKind.ImpossibleLength, Bytes.Offset);
            var next = Bytes.Available[1..].IndexOf("HEP3"u8);
            if (next < 0)
            {
                return EndOfInput(insideRecord: true);
            }

            Bytes.Advance(1 + next);
        }

        return EndOfInput(Bytes.Available.Length > 0);
    }

    public override void Deliver(PacketDecoder decoder, long frame)
    {
        if (HepPacket.TryParse(Bytes.Available, out var packet))
        {
            decoder.Hep(new FrameStamp(frame, Time, Input, Snapped: false), packet);
        }
    }
}
