namespace Ringfence.Media.Sdp;

/// <summary>One <c>a=</c> line: <c>name</c> or <c>name:value</c>. Names are case-sensitive (RFC 8866 section 6).</summary>
public readonly ref struct SdpAttribute
{
    internal SdpAttribute(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        Name = colon < 0 ? line : line[..colon];
        Value = colon < 0 ? default : line[(colon + 1)..].Trim((byte)' ');
    }

    /// <summary>What stands before the colon.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>What stands behind the colon; empty for a flag.</summary>
    public ReadOnlySpan<byte> Value { get; }
}
