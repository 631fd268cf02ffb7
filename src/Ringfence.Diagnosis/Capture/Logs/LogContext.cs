namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>What the lines before a message said of it.</summary>
internal struct LogContext
{
    /// <summary>Nanoseconds since 1970; the last time read stays until another is.</summary>
    public long Time;

    /// <summary>When the file was last written, in nanoseconds since 1970; 0 if that is not known.</summary>
    public long Written;

    /// <summary>Who sent the message.</summary>
    public PacketAddress Source;

    /// <summary>Who was to get it.</summary>
    public PacketAddress Destination;

    /// <summary>How it travelled.</summary>
    public PacketTransport Transport;

    /// <summary>Whether the machine that wrote the log sent it or got it.</summary>
    public LogDirection Direction;

    /// <summary>What a time without its date is near to.</summary>
    public readonly long Near => Time != 0 ? Time : Written;

    /// <summary>Forgets what belongs to one message only.</summary>
    public void NextMessage()
    {
        Source = Destination = default;
        Transport = PacketTransport.Unknown;
        Direction = LogDirection.Unknown;
    }
}
