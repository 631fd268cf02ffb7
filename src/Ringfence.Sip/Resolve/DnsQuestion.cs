using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ringfence.Sip.Resolve;

/// <summary>
/// One question as it is sent: with a random id, and its letters in random case, which a forger would have to guess too
/// (RFC 5452 §4; a server repeats the question as it came).
/// </summary>
internal sealed class DnsQuestion
{
    internal const ushort InternetClass = 1;
    private const ushort RecursionDesired = 0x0100;

    internal DnsQuestion(string name, DnsType type)
    {
        Span<byte> random = stackalloc byte[2 + name.Length];
        RandomNumberGenerator.Fill(random);
        Id = BinaryPrimitives.ReadUInt16BigEndian(random);
        Name = name;
        Type = type;
        Spelling = Spell(name, random[2..]);
        Bytes = Write();
    }

    internal string Name { get; }

    /// <summary>The name as it stands in the message.</summary>
    internal string Spelling { get; }

    internal DnsType Type { get; }

    internal ushort Id { get; }

    internal ReadOnlyMemory<byte> Bytes { get; }

    private static string Spell(string name, ReadOnlySpan<byte> random)
    {
        Span<char> text = stackalloc char[name.Length];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = char.IsAsciiLetterLower(name[i]) && (random[i] & 1) != 0 ? (char)(name[i] ^ 0x20) : name[i];
        }

        return new string(text);
    }

    private byte[] Write()
    {
        Span<byte> message = stackalloc byte[12 + 255 + 4];
        message.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(message, Id);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], RecursionDesired);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], 1);
        int end = 12 + DnsName.Write(Spelling, message[12..]);
        BinaryPrimitives.WriteUInt16BigEndian(message[end..], (ushort)Type);
        BinaryPrimitives.WriteUInt16BigEndian(message[(end + 2)..], InternetClass);
        return message[..(end + 4)].ToArray();
    }
}
