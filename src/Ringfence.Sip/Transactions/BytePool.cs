using System.Numerics;

namespace Ringfence.Sip.Transactions;

/// <summary>
/// One lane's buffers for messages that may have to be sent again. What is idle is bounded: a burst leaves no more than
/// <see cref="IdleBytesPerSize"/> per size behind.
/// </summary>
internal sealed class BytePool
{
    private const int Smallest = 512;
    private const int Sizes = 8;
    private const int IdleBytesPerSize = 1 << 20;
    private readonly Stack<byte[]>[] _idle = new Stack<byte[]>[Sizes];

    internal BytePool()
    {
        for (int i = 0; i < Sizes; i++)
        {
            _idle[i] = new Stack<byte[]>();
        }
    }

    /// <summary>Buffers that are in somebody's hands.</summary>
    internal int Outstanding { get; private set; }

    /// <summary>A buffer of at least this many bytes, 65,536 at most.</summary>
    internal byte[] Rent(int length)
    {
        Outstanding++;
        int size = SizeOf(length);
        return _idle[size].TryPop(out byte[]? buffer) ? buffer : GC.AllocateUninitializedArray<byte>(Smallest << size);
    }

    internal void Return(byte[] buffer)
    {
        Outstanding--;
        Stack<byte[]> idle = _idle[SizeOf(buffer.Length)];
        if (idle.Count < IdleBytesPerSize / buffer.Length)
        {
            idle.Push(buffer);
        }
    }

    private static int SizeOf(int length) =>
        length <= Smallest ? 0 : BitOperations.Log2((uint)(length - 1)) - BitOperations.Log2(Smallest) + 1;
}
