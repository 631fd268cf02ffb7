using System.Runtime.InteropServices;
using System.Text;

namespace Ringfence.Diagnosis.Live;

/// <summary>Captures what passes an interface, by libpcap. For one thread.</summary>
public sealed class InterfaceCapture : IDisposable
{
    private const int SnapLength = 65_535;
    private const int Patience = 200;
    private const int BufferSize = 16 << 20;

    private readonly nint _handle;
    private readonly int _linkType;

    private InterfaceCapture(nint handle)
    {
        _handle = handle;
        _linkType = Libpcap.LinkType(handle);
    }

    /// <summary>Packets that came faster than they were read.</summary>
    public long Dropped => Libpcap.Statistics(_handle, out var counts) == 0 ? counts.Dropped : 0;

    /// <summary>Opens an interface.</summary>
    /// <param name="device">Its name, as in <c>eth0</c>; <c>any</c> for all of them.</param>
    /// <param name="filter">Which packets, in the language of pcap-filter(7); null for all.</param>
    /// <param name="problem">What is the matter and what to do about it, if it cannot be opened.</param>
    /// <returns>The capture, or null.</returns>
    public static InterfaceCapture? Open(string device, string? filter, out string problem)
    {
        if (!Libpcap.IsPresent)
        {
            problem = "libpcap is not installed: apt-get install libpcap0.8, or let an agent send HEP and use --hep";
            return null;
        }

        Span<byte> error = stackalloc byte[Libpcap.ErrorBuffer];
        var handle = Libpcap.Create(device, error);
        if (handle == 0)
        {
            problem = Encoding.UTF8.GetString(error[..error.IndexOf((byte)0)]);
            return null;
        }

        _ = Libpcap.SetSnapLength(handle, SnapLength);
        _ = Libpcap.SetTimeout(handle, Patience);
        _ = Libpcap.SetBufferSize(handle, BufferSize);
        var activated = Libpcap.Activate(handle);
        _ = Libpcap.SetNonBlocking(handle, 1, error);
        problem = activated switch
        {
            >= 0 => filter is null ? "" : Filter(handle, filter),
            Libpcap.PermissionDenied =>
                $"no right to capture on {device}: run it as root, or give the program the right with setcap cap_net_raw+ep, or let an agent send HEP and use --hep",
            Libpcap.NoSuchDevice => $"there is no interface {device}; ip link shows those there are, any means all",
            _ => $"{device}: {Marshal.PtrToStringUTF8(Libpcap.Error(handle))}",
        };
        if (problem.Length == 0)
        {
            return new InterfaceCapture(handle);
        }

        Libpcap.Close(handle);
        return null;
    }

    /// <summary>Waits a fifth of a second at most for a packet and passes it on; false when the interface is gone.</summary>
    public bool Read(LiveDecoder decoder)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        var read = Libpcap.Next(_handle, out var header, out var data);
        if (read == 0)
        {
            // The time-out of libpcap itself does not run while no packet at all comes: so the wait is here.
            const short Readable = 1;
            Libpcap.PollEntry entry = new() { Descriptor = Libpcap.Descriptor(_handle), Events = Readable };
            _ = Libpcap.Poll(ref entry, 1, Patience);
            read = Libpcap.Next(_handle, out header, out data);
        }

        if (read == 1)
        {
            // struct pcap_pkthdr: a timeval of two longs, then captured and real length.
            var seconds = Marshal.ReadIntPtr(header);
            var micros = Marshal.ReadIntPtr(header, nint.Size);
            var captured = Marshal.ReadInt32(header, 2 * nint.Size);
            var length = Marshal.ReadInt32(header, (2 * nint.Size) + sizeof(int));
            ReadOnlySpan<byte> frame;
            unsafe
            {
                frame = new ReadOnlySpan<byte>((void*)data, Math.Clamp(captured, 0, SnapLength));
            }

            decoder.Frame(
                ((long)seconds * 1_000_000_000) + ((long)micros * 1_000),
                _linkType,
                frame,
                captured < length
            );
        }

        return read >= 0;
    }

    /// <inheritdoc/>
    public void Dispose() => Libpcap.Close(_handle);

    private static string Filter(nint handle, string filter)
    {
        const uint UnknownMask = 0xFFFF_FFFF;
        if (Libpcap.Compile(handle, out var program, filter, 1, UnknownMask) != 0)
        {
            return $"the filter '{filter}' is not one that libpcap understands: {Marshal.PtrToStringUTF8(Libpcap.Error(handle))}";
        }

        var set = Libpcap.SetFilter(handle, ref program);
        Libpcap.Free(ref program);
        return set == 0 ? "" : $"{Marshal.PtrToStringUTF8(Libpcap.Error(handle))}";
    }
}
