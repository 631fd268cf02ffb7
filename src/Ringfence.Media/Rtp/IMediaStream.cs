namespace Ringfence.Media.Rtp;

/// <summary>Something that a <see cref="MediaClock"/> drives. All methods are called on the clock's thread.</summary>
public interface IMediaStream
{
    /// <summary>The sockets that it receives from, always the same: when one has something, it is swept soon.</summary>
    IEnumerable<RtpSocket> Sockets => [];

    /// <summary>Called when a socket has something: take it.</summary>
    /// <param name="socket">One of <see cref="Sockets"/>.</param>
    /// <param name="now">Time since the clock's beginning.</param>
    void Receive(RtpSocket socket, TimeSpan now) => Sweep(now);

    /// <summary>Called before every tick; where there are no sockets or they cannot be watched, every 10 ms: take what they have.</summary>
    /// <param name="now">Time since the clock's beginning.</param>
    void Sweep(TimeSpan now);

    /// <summary>Called every 20 ms: make one frame.</summary>
    /// <param name="now">Time since the clock's beginning.</param>
    /// <param name="skipped">Frames that the clock left out before this one because it was held up too long.</param>
    void Tick(TimeSpan now, int skipped);

    /// <summary>Called once when the clock has let go of the stream: close what it holds.</summary>
    void Removed();
}
