using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Ringfence.Sip.Lanes;

/// <summary>poll(2) over the sockets and an eventfd(2).</summary>
[SupportedOSPlatform("linux")]
internal sealed partial class PollDoorbell : ILaneDoorbell
{
    private const short PollIn = 1;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;

    private readonly SafeFileHandle _event;
    private readonly PollFd[] _polled;

    internal PollDoorbell(IReadOnlyList<ILaneInput> inputs)
    {
        int descriptor = EventFd(0, CloseOnExec | NonBlocking);
        if (descriptor < 0)
        {
            throw new IOException($"eventfd failed with error {Marshal.GetLastPInvokeError()}.");
        }

        _event = new SafeFileHandle(descriptor, ownsHandle: true);
        _polled = new PollFd[inputs.Count + 1];
        _polled[0] = new PollFd { Descriptor = descriptor, Events = PollIn };
        for (int i = 0; i < inputs.Count; i++)
        {
            _polled[i + 1] = new PollFd { Descriptor = (int)inputs[i].Socket.Handle, Events = PollIn };
        }
    }

    public void Wait(int timeout)
    {
        // An interrupted wait is a wait that ended early.
        if (Poll(ref _polled[0], (nuint)_polled.Length, timeout) < 0)
        {
            foreach (ref PollFd polled in _polled.AsSpan())
            {
                polled.Returned = 0;
            }
        }

        if (_polled[0].Returned != 0)
        {
            ulong count = 0;
            _ = Read(_event, ref count, sizeof(ulong));
        }
    }

    // An error on a socket counts as readable: reading it is what clears it.
    public bool IsReadable(int input) => _polled[input + 1].Returned != 0;

    public void Ring()
    {
        ulong one = 1;
        _ = Write(_event, ref one, sizeof(ulong));
    }

    public void Dispose() => _event.Dispose();

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EventFd(uint count, int flags);

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref PollFd polled, nuint count, int timeout);

    [LibraryImport("libc", EntryPoint = "read")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Read(SafeFileHandle descriptor, ref ulong value, nuint size);

    [LibraryImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(SafeFileHandle descriptor, ref ulong value, nuint size);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFd
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }
}
