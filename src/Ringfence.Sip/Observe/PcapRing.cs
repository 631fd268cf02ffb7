using System.Globalization;

namespace Ringfence.Sip.Observe;

/// <summary>
/// Writes every message to capture files that tshark, Wireshark and sngrep read, from a thread of its own: <c>name.0.pcap</c> until it is
/// full, then <c>name.1.pcap</c>, and round again over the oldest.
/// </summary>
public sealed class PcapRing : IMessageTap, IDisposable
{
    private readonly string _path;
    private readonly long _size;
    private readonly int _files;
    private readonly PcapPackets _packets = new();
    private readonly TapQueue _queue;
    private FileStream? _file;
    private int _next;

    /// <summary>A ring of files.</summary>
    /// <param name="path">Folder and name without an extension; the folder must be there.</param>
    /// <param name="size">Bytes after which the next file is begun.</param>
    /// <param name="files">How many files there are.</param>
    /// <param name="capacity">Messages that may wait.</param>
    public PcapRing(string path, long size = 64 * 1024 * 1024, int files = 8, int capacity = 4096)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(files);
        _path = path;
        _size = size;
        _files = files;
        _queue = new TapQueue("pcap", capacity, Write);
    }

    /// <summary>Messages dropped because the queue was full.</summary>
    public long Dropped => _queue.Dropped;

    /// <summary>Messages that could not be written.</summary>
    public long Failed => _queue.Failed;

    /// <inheritdoc/>
    public void OnMessage(in TappedMessage message) => _queue.Add(message);

    /// <summary>Writes what waits, then ends.</summary>
    public void Dispose()
    {
        _queue.Dispose();
        _file?.Dispose();
    }

    private void Write(TapRecord record)
    {
        if (_file is null || _file.Length >= _size)
        {
            _file?.Dispose();
            // Not to be tried again as if it were open, should the next one fail to open.
            _file = null;
            _file = File.Create($"{_path}.{_next.ToString(CultureInfo.InvariantCulture)}.pcap");
            _next = (_next + 1) % _files;
            _file.Write(PcapPackets.FileHeader());
        }

        _packets.Write(_file, record);
        _file.Flush();
    }
}
