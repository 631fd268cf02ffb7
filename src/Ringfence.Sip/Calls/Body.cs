namespace Ringfence.Sip.Calls;

/// <summary>What a message carries behind its headers; <c>default</c> for nothing.</summary>
/// <param name="ContentType">The media type, as in Content-Type.</param>
/// <param name="Content">The bytes.</param>
public readonly record struct Body(ReadOnlyMemory<byte> ContentType, ReadOnlyMemory<byte> Content)
{
    private static readonly byte[] SdpType = "application/sdp"u8.ToArray();

    /// <summary>No body.</summary>
    public static Body None => default;

    /// <summary>True when there is nothing.</summary>
    public bool IsEmpty => Content.IsEmpty;

    /// <summary>A session description (RFC 8866).</summary>
    public static Body Sdp(ReadOnlyMemory<byte> description) => new(SdpType, description);
}
