using System.Reflection;
using System.Runtime.InteropServices;

namespace Ringfence.Diagnosis.Live;

/// <summary>The functions of libpcap that capturing needs, loaded when they are first called.</summary>
internal static partial class Libpcap
{
    internal const string Name = "pcap";
    internal const int ErrorBuffer = 256;
    internal const int PermissionDenied = -8;
    internal const int NoSuchDevice = -5;

    // Debian names it by the old interface, others by the new one; macOS has its own ending.
    private static readonly string[] Names = ["libpcap.so.0.8", "libpcap.so.1", "libpcap.dylib", "wpcap.dll"];
    private static readonly Lazy<bool> Present = new(Find);

    /// <summary>Whether it is installed.</summary>
    internal static bool IsPresent => Present.Value;

    [LibraryImport(Name, EntryPoint = "pcap_create", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint Create(string device, Span<byte> error);

    [LibraryImport(Name, EntryPoint = "pcap_set_snaplen")]
    internal static partial int SetSnapLength(nint handle, int length);

    [LibraryImport(Name, EntryPoint = "pcap_set_timeout")]
    internal static partial int SetTimeout(nint handle, int milliseconds);

    [LibraryImport(Name, EntryPoint = "pcap_set_buffer_size")]
    internal static partial int SetBufferSize(nint handle, int size);

    [LibraryImport(Name, EntryPoint = "pcap_activate")]
    internal static partial int Activate(nint handle);

    [LibraryImport(Name, EntryPoint = "pcap_datalink")]
    internal static partial int LinkType(nint handle);

    [LibraryImport(Name, EntryPoint = "pcap_geterr")]
    internal static partial nint Error(nint handle);

    [LibraryImport(Name, EntryPoint = "pcap_compile", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Compile(nint handle, out FilterProgram program, string filter, int optimise, uint mask);

    [LibraryImport(Name, EntryPoint = "pcap_setfilter")]
    internal static partial int SetFilter(nint handle, ref FilterProgram program);

    [LibraryImport(Name, EntryPoint = "pcap_freecode")]
    internal static partial void Free(ref FilterProgram program);

    [LibraryImport(Name, EntryPoint = "pcap_next_ex")]
    internal static partial int Next(nint handle, out nint header, out nint data);

    [LibraryImport(Name, EntryPoint = "pcap_setnonblock")]
    internal static partial int SetNonBlocking(nint handle, int nonBlocking, Span<byte> error);

    [LibraryImport(Name, EntryPoint = "pcap_get_selectable_fd")]
    internal static partial int Descriptor(nint handle);

    [LibraryImport("libc", EntryPoint = "poll")]
    internal static partial int Poll(ref PollEntry entry, nuint count, int milliseconds);

    [LibraryImport(Name, EntryPoint = "pcap_stats")]
    internal static partial int Statistics(nint handle, out Counts counts);

    [LibraryImport(Name, EntryPoint = "pcap_close")]
    internal static partial void Close(nint handle);

    private static bool Find()
    {
        NativeLibrary.SetDllImportResolver(typeof(Libpcap).Assembly, Load);
        return Load(Name, typeof(Libpcap).Assembly, null) != 0;
    }

    private static nint Load(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name == Name)
        {
            foreach (var candidate in Names)
            {
                if (NativeLibrary.TryLoad(candidate, out var library))
                {
                    return library;
                }
            }
        }

        return 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct FilterProgram
    {
        internal uint Length;
        internal nint Instructions;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        internal int Descriptor;
        internal short Events;
        internal short Happened;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Counts
    {
        internal uint Received;
        internal uint Dropped;
        internal uint DroppedByInterface;
    }
}
