using System.Text;
using Ringfence.Diagnosis.Capture.Files;
using Ringfence.Diagnosis.Capture.Hep;
using Ringfence.Diagnosis.Capture.Logs;
using Ringfence.Diagnosis.Capture.Tls;

namespace Ringfence.Diagnosis.Capture;

/// <summary>
/// Reads captures and logs of any known kind, several at once in the order of time, and passes on what is in them: SIP messages and UDP
/// datagrams. Memory is bounded whatever the inputs hold; damage is an entry in the outcome, never an exception.
/// </summary>
public sealed class CaptureReader
{
    // Records of one input between two looks at everything else.
    private const int Run = 4_096;

    private readonly CaptureOptions _options;

    /// <summary>Makes a reader.</summary>
    /// <param name="options">Limits and keys; the defaults if null.</param>
    public CaptureReader(CaptureOptions? options = null) => _options = options ?? new CaptureOptions();

    /// <summary>Reads the inputs from beginning to end.</summary>
    /// <param name="inputs">What to read.</param>
    /// <param name="sink">Takes the packets, on the calling thread.</param>
    /// <param name="cancellation">Ends the reading early; what was read counts.</param>
    public CaptureOutcome Read(
        IReadOnlyList<CaptureInput> inputs,
        ICaptureSink sink,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(sink);
        var damage = new DamageLog();
        var keys = new KeyLog();
        if (_options.KeyLog is { } keyLog)
        {
            keys.Add(Encoding.UTF8.GetBytes(keyLog));
        }

        var formats = new CaptureFormat[inputs.Count];
        var unread = new DamageKind[inputs.Count];
        var readers = new List<RecordReader>();
        using var decoder = new PacketDecoder(sink, _options, keys);
        try
        {
            Open(inputs, damage, keys, formats, unread, readers);
            if (readers.Count > 1)
            {
                decoder.ExpectCopies();
            }

            var frames = Merge(readers, decoder, damage, cancellation);
            decoder.Flush();
            for (var i = 0; i < formats.Length; i++)
            {
                if (formats[i] == CaptureFormat.Text && !frames.Seen(i))
                {
                    formats[i] = CaptureFormat.Unknown;
                    damage.Add(i, 0, unread[i]);
                }
            }

            return Outcome(formats, frames.Count, decoder, damage);
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    private static CaptureOutcome Outcome(
        CaptureFormat[] formats,
        long frames,
        PacketDecoder decoder,
        DamageLog damage
    ) =>
        new()
        {
            Formats = formats,
            Frames = frames,
            SipMessages = decoder.Outlet.SipMessages,
            Datagrams = decoder.Outlet.Datagrams,
            SnappedFrames = decoder.SnappedFrames,
            Copies = decoder.Copies,
            StreamGaps = decoder.Tcp.Counters.Gaps,
            UndecryptedSessions = decoder.Tcp.Counters.UndecryptedSessions,
            TlsWithoutBeginning = decoder.Tcp.Counters.TlsWithoutBeginning,
            UnknownTlsCiphers = decoder.Tcp.Counters.UnknownTlsCiphers,
            TlsAlerts = decoder.Tcp.Counters.Alerts,
            Fetches = decoder.Tcp.Counters.Fetches.Steps,
            LostFragments = decoder.LostFragments,
            Damage = damage.Entries,
        };

    private static void Open(
        IReadOnlyList<CaptureInput> inputs,
        DamageLog damage,
        KeyLog keys,
        CaptureFormat[] formats,
        DamageKind[] unread,
        List<RecordReader> readers
    )
    {
        var room = new ReadAheadRoom();
        for (var i = 0; i < inputs.Count; i++)
        {
            if (TryOpen(inputs[i], i, damage, room) is not { } bytes)
            {
                continue;
            }

            _ = bytes.Ensure(128);
            unread[i] = OtherFormat.Of(bytes.Available);
            var reader = Recognise(bytes, i, damage, keys) ?? Log(inputs[i], bytes, i, damage, room);
            formats[i] = reader.Format;
            readers.Add(reader);
            if (reader.Format == CaptureFormat.PcapNg)
            {
                var input = inputs[i];
                keys.LoadMore = () => ReadSecrets(input, keys);
            }
        }
    }

    private static RecordReader? Recognise(ByteSource bytes, int input, DamageLog damage, KeyLog keys)
    {
        var head = bytes.Available;
        return PcapReader.Recognises(head) ? new PcapReader(bytes, input, damage)
            : PcapNgReader.Recognises(head) ? new PcapNgReader(bytes, input, damage, keys)
            : NetMonReader.Recognises(head) ? new NetMonReader(bytes, input, damage)
            : SnoopReader.Recognises(head) ? new SnoopReader(bytes, input, damage)
            : HepReader.Recognises(bytes) ? new HepReader(bytes, input, damage)
            : null;
    }

    private static TextLogReader Log(
        CaptureInput input,
        ByteSource bytes,
        int index,
        DamageLog damage,
        ReadAheadRoom room
    )
    {
        var hosts = new LogHosts();
        var isUtf16 = bytes.Available is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
        if (isUtf16)
        {
            // What Windows calls Unicode.
            var order = bytes.Available[0] == 0xFE ? Encoding.BigEndianUnicode : Encoding.Unicode;
            var stored = input.Open;
            input = input with { Open = () => Encoding.CreateTranscodingStream(stored(), order, Encoding.UTF8) };
            if (TryOpen(input, index, damage, room) is { } text)
            {
                bytes.Dispose();
                bytes = text;
            }
        }

        var written = input.Written is { } time ? (time - DateTimeOffset.UnixEpoch).Ticks * 100 : 0;
        if (TryOpen(input, 0, new DamageLog(), new ReadAheadRoom()) is { } again)
        {
            using var reader = new TextLogReader(again, 0, new DamageLog(), written, hosts);
            reader.GatherHosts();
        }

        return new TextLogReader(bytes, index, damage, written, hosts);
    }

    private static ByteSource? TryOpen(CaptureInput input, int index, DamageLog damage, ReadAheadRoom room)
    {
        try
        {
            return new ByteSource(input.Open(), room);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            damage.Add(index, 0, DamageKind.Unreadable);
            return null;
        }
    }

    private static void ReadSecrets(CaptureInput input, KeyLog keys)
    {
        if (TryOpen(input, 0, new DamageLog(), new ReadAheadRoom()) is { } bytes)
        {
            using var reader = new PcapNgReader(bytes, 0, new DamageLog(), keys);
            reader.ReadSecrets();
        }
    }

    private MergeCount Merge(
        List<RecordReader> readers,
        PacketDecoder decoder,
        DamageLog damage,
        CancellationToken cancellation
    )
    {
        var count = new MergeCount();
        var live = readers.Where(reader => reader.Read()).ToList();
        var nextProgress = _options.ProgressEvery;
        while (live.Count > 0 && !cancellation.IsCancellationRequested)
        {
            // One input alone is in the order of time as it is.
            var reader = Earliest(live);
            var goesOn = reader.DeliverRun(decoder, count, live.Count == 1 ? Run : 1, cancellation);
            if (decoder.TakeUnknownLink() && count.ReportsLinkType(reader.Input))
            {
                damage.Add(reader.Input, 0, DamageKind.UnknownLinkType);
            }

            if (!goesOn)
            {
                live.Remove(reader);
            }

            if (_options.Progress is { } progress && (live.Count == 1 || count.Count % Run == 0))
            {
                var position = readers.Sum(each => each.StoredPosition);
                if (position >= nextProgress)
                {
                    progress(position);
                    nextProgress = position + _options.ProgressEvery;
                }
            }
        }

        return count;
    }

    private static RecordReader Earliest(List<RecordReader> live)
    {
        var earliest = live[0];
        foreach (var reader in live)
        {
            if (reader.Time < earliest.Time)
            {
                earliest = reader;
            }
        }

        return earliest;
    }
}
