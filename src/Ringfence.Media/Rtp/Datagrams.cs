using System.Net;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ringfence.Media.Rtp;

/// <summary>
/// sendto(2) and recvfrom(2). The framework's calls throw where a datagram cannot be sent or none waits, which at fifty packets
/// a second costs more than the media.
/// </summary>
[SupportedOSPlatform("linux")]
internal static partial class Datagrams
{
    private const int DontWait = 0x40;

    /// <summary>Takes the next waiting datagram: its length, or -1 when none waits.</summary>
    public static int Receive(SafeHandle socket, Span<byte> buffer, SocketAddress from)
    {
        var room = (uint)from.Buffer.Length;
        return (int)ReceiveFrom(
            socket,
            ref MemoryMarshal.GetReference(buffer),
            (nuint)buffer.Length,
            DontWait,
            ref MemoryMarshal.GetReference(from.Buffer.Span),
            ref room
        );
    }

    /// <summary>Sends a datagram; false when the system refuses it.</summary>
    public static bool Send(SafeHandle socket, ReadOnlySpan<byte> datagram, SocketAddress to) =>
        SendTo(
            socket,
            in MemoryMarshal.GetReference(datagram),
            (nuint)datagram.Length,
            DontWait,
            in MemoryMarshal.GetReference(to.Buffer.Span),
            (uint)to.Size
        ) >= 0;

    [LibraryImport("libc", EntryPoint = "recvfrom")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ReceiveFrom(
        SafeHandle socket,
        ref byte buffer,
        nuint length,
        int flags,
        ref byte address,
        ref uint addressLength
    );

    [LibraryImport("libc", EntryPoint = "sendto")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SendTo(
        SafeHandle socket,
        in byte buffer,
        nuint length,
        int flags,
        in byte address,
        uint addressLength
    );
}
