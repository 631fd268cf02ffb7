using System.Net.Sockets;

namespace Ringfence.Sip.Lanes;

/// <summary>A socket that a lane's thread waits for and reads.</summary>
internal interface ILaneInput
{
    /// <summary>The socket; it stays open while the thread runs.</summary>
    Socket Socket { get; }

    /// <summary>Reads what has come, a bounded amount of it; true when more may be waiting.</summary>
    bool Read();
}
