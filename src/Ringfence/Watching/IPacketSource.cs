using Ringfence.Diagnosis.Live;

namespace Ringfence.Watching;

/// <summary>Where packets come from while watching.</summary>
internal interface IPacketSource : IDisposable
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>Packets lost before they were read.</summary>
    long Dropped { get; }

    /// <summary>Waits a fifth of a second at most for a packet and passes it on; false when no more can come.</summary>
    bool Read(LiveDecoder decoder);
}
