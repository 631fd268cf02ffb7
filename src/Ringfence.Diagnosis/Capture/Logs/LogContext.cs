namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>What the lines before a message said of it.</summary>
internal struct LogContext
{
    /// <summary>Nanoseconds since 1970; the last time read stays until another is.</summary>
    public long Time;

    /// <summary>Who sent the message.</summary>
    public PacketAddress Source;

    /// <summary>Who was to get it.</summary>
    public PacketAddress Destination;

    /// <summary>How it travelled.</summary>
    public PacketTransport Transport;

    /// <summary>Whether the machine that wrote the log sent it or got it.</summary>
    public LogDirection Direction;

    /// <summary>The address of the machine that wrote the log, once a message told it.</summary>
    public PacketAddress Local;

    /// <summary>Forgets what belongs to one message only.</summary>
    public void NextMessage()
    {
        Source = Destination = default;
        Transport = PacketTransport.Unknown;
        Direction = LogDirection.Unknown;
    }
}
