using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Auth;

/// <summary>A header line with credentials. It prints as its name alone.</summary>
/// <param name="Id">Authorization or Proxy-Authorization.</param>
/// <param name="Value">Its value.</param>
public readonly record struct DigestHeader(HeaderId Id, ReadOnlyMemory<byte> Value)
{
    /// <inheritdoc/>
    public override string ToString() => Id.ToString();
}
