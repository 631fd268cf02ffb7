using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Ringfence.Media.Rtp;

/// <summary>
/// One UDP socket for media: received from without waiting, no allocation per packet. One thread uses it at a time.
/// </summary>
public sealed class RtpSocket : IDisposable
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Expedited forwarding, DSCP 46 (RFC 4594 section 4.1).</summary>
    private const int ExpeditedForwarding = 46 << 2;

    private readonly Socket _socket;
    private readonly SocketAddress _from;
    private bool _isWatched;
    private bool _isReadable;

    private RtpSocket(Socket socket)
    {
        _socket = socket;
        _from = new SocketAddress(socket.AddressFamily);
        LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
        Handle = socket.SafeHandle;
    }

    /// <summary>Where the socket is bound.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>Where the datagram that was received last came from.</summary>
    public MediaSource From => MediaSource.Of(_from);

    /// <summary>Sends that the operating system refused.</summary>
    public long SendErrors { get; private set; }

    internal SafeHandle Handle { get; }

    /// <summary>Opens a socket, or answers null where the port is taken.</summary>
    /// <param name="local">Address and port; port 0 lets the operating system choose.</param>
    public static RtpSocket? Open(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            Blocking = false,
            ReceiveBufferSize = BufferSize,
            SendBufferSize = BufferSize,
        };
        try
        {
            socket.Bind(local);
        }
        catch (SocketException)
        {
            // Bind has no other way of saying that the port is taken.
            socket.Dispose();
            return null;
        }
        if (local.AddressFamily == AddressFamily.InterNetwork && !OperatingSystem.IsWindows())
        {
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.TypeOfService, ExpeditedForwarding);
        }
        return new RtpSocket(socket);
    }

    /// <summary>Takes the next waiting datagram.</summary>
    /// <param name="buffer">Where it goes; what does not fit is lost.</param>
    /// <returns>Its length, or -1 when none waits.</returns>
    public int Receive(Span<byte> buffer)
    {
        if (_isWatched && !_isReadable)
        {
            return -1;
        }
        _isReadable = false;
        return OperatingSystem.IsLinux() ? Datagrams.Receive(Handle, buffer, _from) : ReceivePortably(buffer);
    }

    /// <summary>Sends a datagram; one that cannot be sent is counted and lost, as the network may lose any.</summary>
    /// <param name="datagram">The datagram.</param>
    /// <param name="to">Where it goes, as <see cref="IPEndPoint.Serialize"/> gives it.</param>
    public bool Send(ReadOnlySpan<byte> datagram, SocketAddress to)
    {
        var isSent = OperatingSystem.IsLinux() ? Datagrams.Send(Handle, datagram, to) : SendPortably(datagram, to);
        SendErrors += isSent ? 0 : 1;
        return isSent;
    }

    /// <summary>Somebody tells from now on when a datagram waits, one at a time: until then none is looked for.</summary>
    internal void Watched(bool isWatched) => _isWatched = isWatched;

    /// <summary>A datagram waits.</summary>
    internal void Readable() => _isReadable = true;

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private int ReceivePortably(Span<byte> buffer)
    {
        // Poll and not Available: an empty datagram has Available 0 and would stop the queue for good.
        if (!_socket.Poll(0, SelectMode.SelectRead))
        {
            return -1;
        }
        try
        {
            return _socket.ReceiveFrom(buffer, SocketFlags.None, _from);
        }
        catch (SocketException)
        {
            // A datagram with a wrong checksum is gone by now, or one was too long on a system that says so.
            return -1;
        }
    }

    private bool SendPortably(ReadOnlySpan<byte> datagram, SocketAddress to)
    {
        try
        {
            _socket.SendTo(datagram, SocketFlags.None, to);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
