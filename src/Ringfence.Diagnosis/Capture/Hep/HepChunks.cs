using System.Buffers.Binary;

namespace Ringfence.Diagnosis.Capture.Hep;

/// <summary>The generic chunks of a HEP version 3 packet while it is read.</summary>
internal ref struct HepChunks
{
    public ReadOnlySpan<byte> Source;
    public ReadOnlySpan<byte> Destination;
    public ReadOnlySpan<byte> AuthenticationKey;
    public ReadOnlySpan<byte> CorrelationId;
    public ReadOnlySpan<byte> Payload;
    public ushort SourcePort;
    public ushort DestinationPort;
    public byte Protocol;
    public byte PayloadType;
    public uint Seconds;
    public uint Microseconds;
    public uint AgentId;
    public bool Compressed;

    public void Take(ushort type, ReadOnlySpan<byte> value)
    {
        switch (type)
        {
            case 2 when value.Length == 1:
                Protocol = value[0];
                break;
            case 3 or 5:
                Source = value;
                break;
            case 4 or 6:
                Destination = value;
                break;
            case 7 when value.Length == 2:
                SourcePort = BinaryPrimitives.ReadUInt16BigEndian(value);
                break;
            case 8 when value.Length == 2:
                DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(value);
                break;
            case 9 when value.Length == 4:
                Seconds = BinaryPrimitives.ReadUInt32BigEndian(value);
                break;
            case 10 when value.Length == 4:
                Microseconds = BinaryPrimitives.ReadUInt32BigEndian(value);
                break;
            case 11 when value.Length == 1:
                PayloadType = value[0];
                break;
            case 12 when value.Length == 4:
                AgentId = BinaryPrimitives.ReadUInt32BigEndian(value);
                break;
            case 14:
                AuthenticationKey = value;
                break;
            case 15 or 16:
                Payload = value;
                Compressed = type == 16;
                break;
            case 17:
                CorrelationId = value;
                break;
            default:
                break;
        }
    }
}
