using System.Buffers;
using System.IO.Compression;
using System.Text;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.LiveFindings;

/// <summary>The messages of a call as they lie in the table <c>call_messages</c>: deflated, and without what opens media or accounts.</summary>
internal static class TracedCallBytes
{
    private const byte Version = 1;
    private const int MostMessages = 1_024;
    private const int MostBytes = 1 << 20;

    /// <summary>What is written over, up to the next delimiter: keys of SRTP (RFC 4568 §6.1) and what a password can be guessed from (RFC 8760).</summary>
    private static readonly byte[][] Secrets = ["inline:"u8.ToArray(), "response=\""u8.ToArray()];

    private static readonly SearchValues<byte> Ends = SearchValues.Create("\"| ;\r\n"u8);

    internal static byte[] Write(TracedCall call)
    {
        using var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new BinaryWriter(deflate, Encoding.UTF8))
        {
            writer.Write(Version);
            writer.Write(call.Messages.Length);
            foreach (TracedMessage message in call.Messages)
            {
                writer.Write(message.Length);
                writer.Write(message.Time);
                Write(writer, message.From);
                Write(writer, message.To);
            }

            byte[] bytes = [.. call.Bytes];
            Cover(bytes);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }

        return stream.ToArray();
    }

    /// <summary>The messages again; null where the bytes are none of ours.</summary>
    internal static TracedCall? Read(string id, byte[] stored)
    {
        try
        {
            using var reader = new BinaryReader(
                new DeflateStream(new MemoryStream(stored), CompressionMode.Decompress),
                Encoding.UTF8
            );
            if (reader.ReadByte() != Version || reader.ReadInt32() is not (>= 0 and <= MostMessages and var count))
            {
                return null;
            }

            var messages = new TracedMessage[count];
            int start = 0;
            for (int i = 0; i < count; i++)
            {
                int length = reader.ReadInt32();
                messages[i] = new TracedMessage(start, length, reader.ReadInt64(), Peer(reader), Peer(reader));
                start += length;
            }

            return reader.ReadInt32() is <= MostBytes and var total && total == start
                ? new TracedCall(id, messages, reader.ReadBytes(total))
                : null;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private static void Cover(Span<byte> bytes)
    {
        foreach (byte[] secret in Secrets)
        {
            Span<byte> rest = bytes;
            while (rest.IndexOf(secret) is >= 0 and var at)
            {
                rest = rest[(at + secret.Length)..];
                int end = rest.IndexOfAny(Ends);
                rest[..(end < 0 ? rest.Length : end)].Fill((byte)'x');
            }
        }
    }

    private static void Write(BinaryWriter writer, in Peer peer)
    {
        writer.Write((byte)peer.Kind);
        writer.Write((ulong)(peer.Address >> 64));
        writer.Write((ulong)peer.Address);
        writer.Write(peer.Port);
    }

    private static Peer Peer(BinaryReader reader) =>
        new(
            (TransportKind)reader.ReadByte(),
            new UInt128(reader.ReadUInt64(), reader.ReadUInt64()),
            reader.ReadUInt16()
        );
}
