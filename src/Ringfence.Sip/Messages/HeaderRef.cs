namespace Ringfence.Sip.Messages;

/// <summary>Where one header line lies within its message: offsets in bytes from the message's first byte.</summary>
/// <param name="Id">The header's id, <see cref="HeaderId.Other"/> when it has none.</param>
/// <param name="NameStart">First byte of the name as received.</param>
/// <param name="NameLength">Length of the name in bytes.</param>
/// <param name="ValueStart">First byte of the value after leading white space.</param>
/// <param name="ValueLength">Length of the value without trailing white space; folds lie inside it as received.</param>
public readonly record struct HeaderRef(HeaderId Id, int NameStart, int NameLength, int ValueStart, int ValueLength)
{
    /// <summary>First byte of the header line.</summary>
    public int LineStart => NameStart;
}
