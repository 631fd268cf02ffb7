using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Ringfence.Diagnosis.Capture.Tls;

namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>
/// pcapng files (draft-ietf-opsawg-pcapng): sections of either byte order, several interfaces, and decryption secrets wherever they stand.
/// </summary>
internal sealed class PcapNgReader(ByteSource bytes, int input, DamageLog damage, KeyLog keys)
    : RecordReader(bytes, input, damage)
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;
    private const uint DecryptionSecrets = 10;
    private const uint TlsKeyLog = 0x544C534B;
    private const int MaxBlock = 16 << 20;
    private const int ResyncWindow = 1 << 19;

    private readonly List<PcapNgInterface> _interfaces = [];
    private bool _bigEndian;
    private int _pending;
    private int _dataStart;
    private int _captured;
    private bool _snapped;
    private int _linkType;
    private int _interface;

    public override CaptureFormat Format => CaptureFormat.PcapNg;

    public static bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length >= 12
        && BinaryPrimitives.ReadUInt32LittleEndian(head) == SectionHeader
        && ByteOrder(head) is not null;

    // Once per frame from the first one on: waiting for the tiers of the compiler would cost more than the reading itself.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Read()
    {
        while (NextBlock(out var type, out var length))
        {
            var body = Bytes.Available[8..(length - 4)];
            var packet = type switch
            {
                EnhancedPacket => ReadPacket(body, obsolete: false),
                ObsoletePacket => ReadPacket(body, obsolete: true),
                SimplePacket => ReadSimplePacket(body),
                _ => false,
            };
            if (packet)
            {
                return true;
            }

            ReadDescription(type, body);
        }

        return false;
    }

    /// <summary>Reads the secrets of the whole input and nothing else: they may stand behind the packets that need them.</summary>
    public void ReadSecrets()
    {
        while (NextBlock(out var type, out var length))
        {
            if (type == DecryptionSecrets)
            {
                AddSecrets(Bytes.Available[8..(length - 4)]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Deliver(PacketDecoder decoder, long frame) =>
        decoder.Frame(
            new FrameStamp(frame, Time, Input, _snapped, PlaceOf(_dataStart), _interface),
            _linkType,
            Bytes.Available.Slice(_dataStart, _captured)
        );

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool NextBlock(out uint type, out int length)
    {
        Bytes.Advance(_pending);
        _pending = 0;
        (type, length) = (0, 0);
        while (Bytes.Ensure(12))
        {
            var head = Bytes.Available;
            if (BinaryPrimitives.ReadUInt32LittleEndian(head) == SectionHeader && ByteOrder(head) is { } bigEndian)
            {
                _bigEndian = bigEndian;
                _interfaces.Clear();
            }

            type = U32(head);
            var total = U32(head[4..]);
            if (total is < 12 or > MaxBlock || (total & 3) != 0)
            {
                Report(DamageKind.ImpossibleLength, Bytes.Offset);
                if (!Resynchronise())
                {
                    return false;
                }

                continue;
            }

            if (!Bytes.Ensure((int)total))
            {
                return EndOfInput(insideRecord: true);
            }

            length = _pending = (int)total;
            return true;
        }

        return EndOfInput(Bytes.Available.Length > 0);
    }

    private void ReadDescription(uint type, ReadOnlySpan<byte> body)
    {
        if (type == InterfaceDescription && body.Length >= 8)
        {
            _interfaces.Add(PcapNgInterface.Read(body, _bigEndian));
        }
        else if (type == DecryptionSecrets)
        {
            AddSecrets(body);
        }
    }

    private void AddSecrets(ReadOnlySpan<byte> body)
    {
        if (body.Length >= 8 && U32(body) == TlsKeyLog)
        {
            keys.Add(body.Slice(8, (int)Math.Min(U32(body[4..]), (uint)body.Length - 8)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool ReadPacket(ReadOnlySpan<byte> body, bool obsolete)
    {
        if (body.Length < 20)
        {
            Report(DamageKind.ImpossibleLength, Bytes.Offset);
            return false;
        }

        var index = obsolete ? U16(body) : U32(body);
        if (index >= (uint)_interfaces.Count)
        {
            Report(DamageKind.UnknownInterface, Bytes.Offset);
            return false;
        }

        var description = _interfaces[(int)index];
        _interface = _interfaces.Count > 1 ? (int)index + 1 : 0;
        Time = description.Nanoseconds(((ulong)U32(body[4..]) << 32) | U32(body[8..]));
        _linkType = description.LinkType;
        var captured = U32(body[12..]);
        _captured = (int)Math.Min(captured, (uint)body.Length - 20);
        _snapped = U32(body[16..]) > (uint)_captured;
        _dataStart = 28;
        return true;
    }

    private bool ReadSimplePacket(ReadOnlySpan<byte> body)
    {
        if (body.Length < 4 || _interfaces.Count == 0)
        {
            Report(DamageKind.UnknownInterface, Bytes.Offset);
            return false;
        }

        var original = U32(body);
        var limit = _interfaces[0].SnapLength == 0 ? uint.MaxValue : _interfaces[0].SnapLength;
        _captured = (int)Math.Min(Math.Min(original, limit), (uint)body.Length - 4);
        _snapped = original > (uint)_captured;
        _linkType = _interfaces[0].LinkType;
        _interface = _interfaces.Count > 1 ? 1 : 0;
        _dataStart = 12;
        return true;
    }

    // Looks for the next place where a block says the same length at its head and its end.
    private bool Resynchronise()
    {
        _ = Bytes.Ensure(ResyncWindow);
        var window = Bytes.Available;
        for (var at = 4; at + 12 <= window.Length; at += 4)
        {
            var total = U32(window[(at + 4)..]);
            if (
                total is >= 12 and <= ResyncWindow
                && at + total <= window.Length
                && U32(window[(at + (int)total - 4)..]) == total
                && U32(window[at..]) is InterfaceDescription or SimplePacket or EnhancedPacket or SectionHeader
            )
            {
                Bytes.Advance(at);
                return true;
            }
        }

        return false;
    }

    private static bool? ByteOrder(ReadOnlySpan<byte> head) =>
        BinaryPrimitives.ReadUInt32LittleEndian(head[8..]) switch
        {
            0x1A2B3C4D => false,
            0x4D3C2B1A => true,
            _ => null,
        };

    private uint U32(ReadOnlySpan<byte> at) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);

    private uint U16(ReadOnlySpan<byte> at) =>
        _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);
}
