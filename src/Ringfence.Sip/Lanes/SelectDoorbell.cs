using System.Net;
using System.Net.Sockets;

namespace Ringfence.Sip.Lanes;

/// <summary>The portable way: select over the sockets and one more, which is rung by a datagram to itself.</summary>
internal sealed class SelectDoorbell : ILaneDoorbell
{
    private readonly Socket _bell = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly IReadOnlyList<ILaneInput> _inputs;
    private readonly List<Socket> _readable = [];
    private readonly byte[] _scratch = new byte[1];

    internal SelectDoorbell(IReadOnlyList<ILaneInput> inputs)
    {
        _inputs = inputs;
        _bell.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _bell.Connect(_bell.LocalEndPoint!);
    }

    public void Wait(int timeout)
    {
        _readable.Clear();
        _readable.Add(_bell);
        foreach (ILaneInput input in _inputs)
        {
            _readable.Add(input.Socket);
        }

        Socket.Select(
            _readable,
            null,
            null,
            timeout < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(timeout)
        );
        while (_bell.Available > 0)
        {
            _bell.Receive(_scratch);
        }
    }

    public bool IsReadable(int input) => _readable.Contains(_inputs[input].Socket);

    public void Ring() => _bell.Send(_scratch);

    public void Dispose() => _bell.Dispose();
}
