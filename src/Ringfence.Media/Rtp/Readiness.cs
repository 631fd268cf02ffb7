using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Ringfence.Media.Rtp;

/// <summary>
/// epoll(7) over the sockets of all streams: asking each of some thousand whether something waits costs more than the media.
/// A socket is reported once for each of its datagrams. Not thread-safe.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed partial class Readiness : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Delete = 2;
    private const uint ReadableEvent = 1;
    private const int MostAtOnce = 256;
    private const short PollIn = 1;

    // The structure is packed on x86 and on nothing else.
    private static readonly bool IsPacked =
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;
    private static readonly int EventSize = IsPacked ? 12 : 16;
    private static readonly int DataOffset = IsPacked ? 4 : 8;

    private readonly SafeFileHandle _epoll;
    private readonly byte[] _events = new byte[MostAtOnce * EventSize];
    private readonly List<(RtpSocket Socket, IMediaStream Stream)?> _watched = [];
    private readonly Stack<int> _free = [];
    private readonly Dictionary<RtpSocket, int> _places = [];

    /// <summary>Watches nothing yet.</summary>
    /// <exception cref="IOException">The process has no file descriptor left.</exception>
    public Readiness()
    {
        var descriptor = EpollCreate(CloseOnExec);
        if (descriptor < 0)
        {
            throw new IOException($"epoll_create1 failed with error {Marshal.GetLastPInvokeError()}.");
        }
        _epoll = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Watches the sockets of a stream.</summary>
    /// <returns>Whether it has any and all of them are watched.</returns>
    public bool Watch(IMediaStream stream)
    {
        var isWatched = false;
        var isUnwatched = false;
        foreach (var socket in stream.Sockets)
        {
            if (!_free.TryPop(out var place))
            {
                place = _watched.Count;
                _watched.Add(null);
            }
            if (!Control(Add, socket, place))
            {
                // Left unwatched, it is looked at in every sweep.
                _free.Push(place);
                isUnwatched = true;
                continue;
            }
            isWatched = true;
            _watched[place] = (socket, stream);
            _places[socket] = place;
            socket.Watched(true);
        }
        return isWatched && !isUnwatched;
    }

    /// <summary>Watches them no more. Comes before they are closed.</summary>
    public void Forget(IMediaStream stream)
    {
        foreach (var socket in stream.Sockets)
        {
            if (_places.Remove(socket, out var place))
            {
                Control(Delete, socket, place);
                socket.Watched(false);
                _watched[place] = null;
                _free.Push(place);
            }
        }
    }

    /// <summary>Finds the sockets that have a datagram.</summary>
    /// <returns>How many, at most <see cref="MostAtOnce"/>.</returns>
    public int Collect() => EpollWait(_epoll, ref _events[0], MostAtOnce, 0);

    /// <summary>One of those found, which may be read from once; false where nobody watches it any more.</summary>
    public bool Take(int found, [NotNullWhen(true)] out IMediaStream? stream, [NotNullWhen(true)] out RtpSocket? socket)
    {
        var place = MemoryMarshal.Read<int>(_events.AsSpan(found * EventSize + DataOffset));
        (socket, stream) = _watched[place] ?? default;
        socket?.Readable();
        return socket is not null;
    }

    /// <summary>Waits until a datagram comes, or for this long.</summary>
    public void Wait(TimeSpan time)
    {
        var polled = new PollFd { Descriptor = (int)_epoll.DangerousGetHandle(), Events = PollIn };
        Wait(ref polled, 1, time);
    }

    /// <summary>Waits for this long: unlike the framework's waits, with a grain far below a millisecond.</summary>
    public static void Pause(TimeSpan time)
    {
        PollFd none = default;
        Wait(ref none, 0, time);
    }

    public void Dispose() => _epoll.Dispose();

    private bool Control(int operation, RtpSocket socket, int place)
    {
        Span<byte> change = stackalloc byte[16];
        change.Clear();
        var events = ReadableEvent;
        MemoryMarshal.Write(change, in events);
        MemoryMarshal.Write(change[DataOffset..], in place);
        return EpollControl(_epoll, operation, socket.Handle, ref MemoryMarshal.GetReference(change)) == 0;
    }

    private static void Wait(ref PollFd polled, nuint count, TimeSpan time)
    {
        var (seconds, ticks) = Math.DivRem(time.Ticks, TimeSpan.TicksPerSecond);
        var limit = new TimeSpec { Seconds = (nint)seconds, Nanoseconds = (nint)(ticks * TimeSpan.NanosecondsPerTick) };
        // An interrupted wait is a wait that ended early.
        _ = Poll(ref polled, count, in limit, 0);
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollControl(SafeFileHandle epoll, int operation, SafeHandle socket, ref byte change);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollWait(SafeFileHandle epoll, ref byte events, int most, int timeout);

    [LibraryImport("libc", EntryPoint = "ppoll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref PollFd polled, nuint count, in TimeSpec limit, nint signals);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFd
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }
}
