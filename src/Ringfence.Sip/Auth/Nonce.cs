using System.Buffers.Binary;

namespace Ringfence.Sip.Auth;

/// <summary>What a nonce of ours says: when it was made, and which one it is.</summary>
/// <param name="Time">Milliseconds since 1970.</param>
/// <param name="Serial">Its number.</param>
internal readonly record struct Nonce(long Time, long Serial)
{
    internal const int Length = 16;

    internal void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt64BigEndian(destination, Time);
        BinaryPrimitives.WriteInt64BigEndian(destination[8..], Serial);
    }

    internal static Nonce Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadInt64BigEndian(source), BinaryPrimitives.ReadInt64BigEndian(source[8..]));
}
