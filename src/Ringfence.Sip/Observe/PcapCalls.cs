using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Sip.Observe;

/// <summary>
/// Writes a capture file a call, from a thread of its own. A file is named by the time of its first message and a hash of the Call-ID, for
/// a Call-ID is a stranger's text; when there are too many, the oldest goes.
/// </summary>
public sealed class PcapCalls : IMessageTap, IDisposable
{
    private readonly string _folder;
    private readonly int _files;
    private readonly Dictionary<string, (string Path, PcapPackets Packets)> _calls = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();
    private readonly TapQueue _queue;

    /// <summary>Files in a folder.</summary>
    /// <param name="folder">The folder; it must be there.</param>
    /// <param name="files">How many there may be.</param>
    /// <param name="capacity">Messages that may wait.</param>
    public PcapCalls(string folder, int files = 10_000, int capacity = 4096)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(files);
        _folder = folder;
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
    public void Dispose() => _queue.Dispose();

    private void Write(TapRecord record)
    {
        if (!_calls.TryGetValue(record.CallId, out (string Path, PcapPackets Packets) call))
        {
            call = (PathOf(record), new PcapPackets());
            Remember(record.CallId, call);
            File.WriteAllBytes(call.Path, PcapPackets.FileHeader());
        }

        using FileStream file = new(call.Path, FileMode.Append);
        call.Packets.Write(file, record);
    }

    private void Remember(string callId, (string Path, PcapPackets Packets) call)
    {
        if (_oldest.Count == _files && _calls.Remove(_oldest.Dequeue(), out (string Path, PcapPackets Packets) gone))
        {
            File.Delete(gone.Path);
        }

        _calls.Add(callId, call);
        _oldest.Enqueue(callId);
    }

    private string PathOf(TapRecord record)
    {
        string time = record.Time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        byte[] hash = SHA256.HashData(Encoding.Latin1.GetBytes(record.CallId));
        return Path.Combine(_folder, $"{time}-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}.pcap");
    }
}
