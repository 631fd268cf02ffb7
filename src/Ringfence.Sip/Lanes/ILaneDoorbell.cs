namespace Ringfence.Sip.Lanes;

/// <summary>How a lane's thread blocks: until one of its sockets can be read, another thread rings, or time has passed.</summary>
internal interface ILaneDoorbell : IDisposable
{
    /// <summary>Blocks for so many milliseconds at most; −1 for no limit.</summary>
    void Wait(int timeout);

    /// <summary>True when the input with this index could be read when <see cref="Wait"/> returned.</summary>
    bool IsReadable(int input);

    /// <summary>Ends the present wait, or the next one, at once. From any thread.</summary>
    void Ring();
}
