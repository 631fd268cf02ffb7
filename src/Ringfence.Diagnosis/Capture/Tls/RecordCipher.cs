namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>Opens the records of one direction, in order.</summary>
internal abstract class RecordCipher
{
    /// <summary>The number of the next record.</summary>
    protected ulong Sequence { get; private set; }

    /// <summary>Opens a record; null if it does not open.</summary>
    /// <param name="header">The five bytes before the record.</param>
    /// <param name="body">The record.</param>
    /// <param name="lost">How many records may be missing before this one.</param>
    public byte[]? Open(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, int lost = 0)
    {
        var next = Sequence;
        byte[]? clear = null;
        for (; clear is null && Sequence <= next + (ulong)lost; Sequence++)
        {
            clear = Decrypt(header, body);
        }

        Sequence = clear is null ? next + 1 : Sequence;
        Passed(body);
        return clear;
    }

    protected abstract byte[]? Decrypt(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body);

    /// <summary>A record was gone through, whether it opened or not.</summary>
    protected virtual void Passed(ReadOnlySpan<byte> body) { }
}
