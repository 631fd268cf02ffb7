using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Observe;

/// <summary>A message on its way past a <see cref="WireTap"/>. Valid during the call only.</summary>
public readonly ref struct TappedMessage
{
    /// <summary>True when it has come, false when it leaves.</summary>
    public required bool IsIncoming { get; init; }

    /// <summary>This end; the address is 0 where no listener is known.</summary>
    public required Peer Local { get; init; }

    /// <summary>The far end.</summary>
    public required Peer Remote { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The message.</summary>
    public required ReadOnlySpan<byte> Bytes { get; init; }
}
