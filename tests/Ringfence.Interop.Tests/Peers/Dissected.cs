using System.Buffers.Binary;
using System.Text;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>SIP messages as Wireshark's dissector reads them.</summary>
internal static class Dissected
{
    private const int LinkTypeRawIp = 101;
    private const int Headers = 28;

    internal static void Need() => ForeignProgram.Need("tshark", "tshark");

    /// <summary>One row a message with these fields of tshark, several values of a field joined by a comma.</summary>
    internal static async Task<string[][]> ReadAsync(
        TestFolder folder,
        IEnumerable<SippMessage> messages,
        params string[] fields
    )
    {
        string file = folder.File("dissected.pcap");
        File.WriteAllBytes(file, Capture(messages));
        using ForeignProgram tshark = ForeignProgram.Start(
            "tshark",
            folder.Path,
            [
                "-r",
                file,
                "-d",
                "udp.port==5060,sip",
                "-T",
                "fields",
                "-E",
                "separator=/t",
                "-E",
                "aggregator=,",
                .. fields.SelectMany(field => (string[])["-e", field]),
            ]
        );
        (await tshark.EndAsync(TimeSpan.FromSeconds(60))).ShouldBe(0, tshark.Output);
        return
        [
            .. tshark
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line.Contains('\t', StringComparison.Ordinal))
                .Select(line => line.Split('\t')),
        ];
    }

    private static byte[] Capture(IEnumerable<SippMessage> messages)
    {
        using MemoryStream capture = new();
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 65_535);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], LinkTypeRawIp);
        capture.Write(header);
        foreach (SippMessage message in messages)
        {
            byte[] text = Encoding.UTF8.GetBytes(
                message.Text.TrimEnd('\n').Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n"
            );
            byte[] packet = new byte[16 + Headers + text.Length];
            Span<byte> frame = packet;
            BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)message.At.TotalSeconds);
            BinaryPrimitives.WriteInt32LittleEndian(frame[8..], Headers + text.Length);
            BinaryPrimitives.WriteInt32LittleEndian(frame[12..], Headers + text.Length);
            Span<byte> ip = frame[16..];
            ip[0] = 0x45;
            BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(Headers + text.Length));
            ip[8] = 64;
            ip[9] = 17;
            (ip[12], ip[15], ip[16], ip[19]) = (127, 1, 127, 1);
            BinaryPrimitives.WriteUInt16BigEndian(ip[20..], 5060);
            BinaryPrimitives.WriteUInt16BigEndian(ip[22..], 5060);
            BinaryPrimitives.WriteUInt16BigEndian(ip[24..], (ushort)(8 + text.Length));
            text.CopyTo(ip[Headers..]);
            capture.Write(packet);
        }

        return capture.ToArray();
    }
}
