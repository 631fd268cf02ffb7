namespace Ringfence.Media.Rtp;

/// <summary>The streams that a clock ticks at the same moment.</summary>
internal sealed class ClockPhase
{
    public List<IMediaStream> Streams { get; } = [];

    /// <summary>Those of them whose sockets nobody watches: they are swept between two ticks as well.</summary>
    public List<IMediaStream> Unwatched { get; } = [];

    /// <summary>Ticks left out since the last one.</summary>
    public int Skipped { get; set; }
}
