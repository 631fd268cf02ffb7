namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>Which way a logged message went, seen from the machine that wrote the log.</summary>
internal enum LogDirection
{
    /// <summary>The log does not say, or names both ends.</summary>
    Unknown,

    /// <summary>The machine sent it.</summary>
    Sent,

    /// <summary>The machine got it.</summary>
    Received,
}
