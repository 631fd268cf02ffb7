namespace Ringfence.Media.Rtp;

/// <summary>Something that a <see cref="MediaClock"/> drives. All methods are called on the clock's thread.</summary>
public interface IMediaStream
{
    /// <summary>The sockets that it receives from, always the same: when one has something, it is swept soon.</summary>
    IEnumerable<RtpSocket> Sockets => [];

    /// <summary>Called every 10 ms, and in between when a socket has something: take what the sockets have.</summary>
    /// <param name="now">Time since the clock's beginning.</param>
    void Sweep(TimeSpan now);

    /// <summary>Called every 20 ms: make one frame.</summary>
    /// <param name="now">Time since the clock's beginning.</param>
    /// <param name="skipped">Frames that the clock left out before this one because it was held up too long.</param>
    void Tick(TimeSpan now, int skipped);

    /// <summary>Called once when the clock has let go of the stream: close what it holds.</summary>
    void Removed();
}
