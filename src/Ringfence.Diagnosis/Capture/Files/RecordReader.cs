namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>Reads one input record by record, so that several inputs can be merged by time.</summary>
internal abstract class RecordReader(ByteSource bytes, int input, DamageLog damage) : IDisposable
{
    /// <summary>Which of the inputs this is.</summary>
    public int Input => input;

    /// <summary>What the input is.</summary>
    public abstract CaptureFormat Format { get; }

    /// <summary>The time of the record that <see cref="Read"/> found, in nanoseconds since 1970.</summary>
    public long Time { get; protected set; }

    /// <summary>How far the stored bytes have been read.</summary>
    public long StoredPosition => Bytes.StoredPosition;

    protected ByteSource Bytes => bytes;

    /// <summary>Goes to the next record; false when there is none. The record before becomes invalid.</summary>
    public abstract bool Read();

    /// <summary>Hands the record to the decoder.</summary>
    public abstract void Deliver(PacketDecoder decoder, long frame);

    /// <summary>Hands the record to the decoder, and those after it, up to so many; false when there are no more.</summary>
    public bool DeliverRun(PacketDecoder decoder, MergeCount count, int most, CancellationToken cancellation)
    {
        for (var i = 0; i < most && !cancellation.IsCancellationRequested; i++)
        {
            Deliver(decoder, count.Next(input));
            if (!Read())
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => bytes.Dispose();

    /// <summary>Where a byte of the window can be read again in the input; 0 where it cannot.</summary>
    protected long PlaceOf(int inWindow) => bytes.IsAddressable ? bytes.Offset + inWindow : 0;

    protected void Report(DamageKind kind, long offset) => damage.Add(input, offset, kind);

    /// <summary>Reports why the input ended, if it ended badly: within a record, or by a fault of the medium.</summary>
    protected bool EndOfInput(bool insideRecord)
    {
        if (bytes.Fault is { } fault)
        {
            Report(fault, bytes.Offset + bytes.Available.Length);
        }
        else if (insideRecord)
        {
            Report(DamageKind.EndsInsideRecord, bytes.Offset);
        }

        return false;
    }
}
