namespace Ringfence.Sip.Lanes;

/// <summary>Something that is to run on a lane: posted from any thread, run once, in order, on the lane's own.</summary>
public abstract class LaneWork
{
    /// <summary>Does it.</summary>
    public abstract void Run(Lane lane);
}
