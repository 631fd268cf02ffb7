using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Ringfence.Bench.Media;

/// <summary>
/// The callers: one socket for all of them. The kernel says when a packet arrived (SO_TIMESTAMPNS), so that it does not matter when
/// this process gets to it.
/// </summary>
internal sealed unsafe partial class StampedReceiver : IDisposable
{
    private const int SolSocket = 1;
    private const int SoTimestampNs = 35;
    private const int DontWait = 0x40;
    private const int Batch = 256;
    private const int PacketSize = 512;
    private const int ControlSize = 64;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
    {
        ReceiveBufferSize = 4 << 20,
    };

    private readonly Message* _messages = Allocate<Message>(Batch);
    private readonly Thread _thread;
    private int[] _streamOf = [];
    private int[] _first = [];
    private int _packets;
    private bool _isBySource;
    private volatile bool _isOver;

    /// <summary>Receives nothing yet.</summary>
    internal StampedReceiver()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int on = 1;
        _ = SetSocketOption(_socket.SafeHandle, SolSocket, SoTimestampNs, &on, sizeof(int));
        for (int i = 0; i < Batch; i++)
        {
            Vector* part = Allocate<Vector>(1);
            (part->Base, part->Length) = ((nint)Allocate<byte>(PacketSize), PacketSize);
            (_messages[i].Name, _messages[i].Vector, _messages[i].Vectors) = ((nint)Allocate<byte>(16), (nint)part, 1);
            _messages[i].Control = (nint)Allocate<byte>(ControlSize);
        }

        _thread = new Thread(Run) { IsBackground = true };
    }

    /// <summary>Where it receives.</summary>
    internal int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Nanoseconds since 1970 at which packets arrived: stream by stream, by their place in the stream.</summary>
    internal long[] Arrived { get; private set; } = [];

    /// <summary>Begins to receive.</summary>
    /// <param name="ports">The streams by the ports that they come from; empty where the SSRC counts them from 1.</param>
    /// <param name="streams">How many there are.</param>
    /// <param name="packets">Packets of each that matter.</param>
    internal void Start(int[] ports, int streams, int packets)
    {
        _streamOf = new int[1 << 16];
        Array.Fill(_streamOf, -1);
        for (int i = 0; i < streams; i++)
        {
            _streamOf[ports.Length > 0 ? ports[i] : i + 1] = i;
        }

        _isBySource = ports.Length == 0;
        _first = new int[streams];
        Array.Fill(_first, -1);
        _packets = packets;
        Arrived = new long[streams * packets];
        _thread.Start();
    }

    /// <summary>Takes what has arrived, and ends.</summary>
    internal void Stop()
    {
        _isOver = true;
        _thread.Join();
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Run()
    {
        while (!_isOver)
        {
            Thread.Sleep(4);
            while (Take() == Batch) { }
        }
    }

    private int Take()
    {
        for (int i = 0; i < Batch; i++)
        {
            (_messages[i].NameLength, _messages[i].ControlLength) = (16, ControlSize);
        }

        int count = ReceiveMessages(_socket.SafeHandle, _messages, Batch, DontWait, 0);
        for (int i = 0; i < count; i++)
        {
            Note(in _messages[i]);
        }

        return count;
    }

    private void Note(in Message message)
    {
        byte* packet = (byte*)((Vector*)message.Vector)->Base;
        byte* from = (byte*)message.Name;
        // RTCP shares the port where the descriptions say so.
        if (message.Received < 100 || packet[1] is >= 192 and <= 223)
        {
            return;
        }

        int stream = _streamOf[_isBySource ? packet[10] << 8 | packet[11] : from[2] << 8 | from[3]];
        int sequence = packet[2] << 8 | packet[3];
        _first[stream] = _first[stream] < 0 ? sequence : _first[stream];
        int place = (ushort)(sequence - _first[stream]);
        if (place < _packets)
        {
            // Behind the header of the only control message: seconds and nanoseconds.
            long* stamp = (long*)(message.Control + 16);
            Arrived[stream * _packets + place] = stamp[0] * 1_000_000_000 + stamp[1];
        }
    }

    private static T* Allocate<T>(int count)
        where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(T));

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetSocketOption(SafeHandle socket, int level, int name, int* value, uint length);

    [LibraryImport("libc", EntryPoint = "recvmmsg")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReceiveMessages(
        SafeHandle socket,
        Message* messages,
        uint count,
        int flags,
        nint timeout
    );

    [StructLayout(LayoutKind.Sequential)]
    private struct Vector
    {
        internal nint Base;
        internal nint Length;
    }

    /// <summary>mmsghdr of a system of 64 bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        internal nint Name;
        internal uint NameLength;
        internal nint Vector;
        internal nint Vectors;
        internal nint Control;
        internal nint ControlLength;
        internal nint Flags;
        internal uint Received;
    }
}
