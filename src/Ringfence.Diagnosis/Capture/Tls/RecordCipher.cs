namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>Opens the records of one direction, in order.</summary>
internal abstract class RecordCipher
{
    /// <summary>The number of the next record.</summary>
    protected ulong Sequence { get; private set; }

    /// <summary>Opens a record; null if it does not open. The header is the five bytes before it.</summary>
    public byte[]? Open(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        var clear = Decrypt(header, body);
        Sequence++;
        return clear;
    }

    protected abstract byte[]? Decrypt(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body);
}
