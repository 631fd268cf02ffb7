using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Calls;

/// <summary>What a capture comes to: calls with their messages and media.</summary>
public sealed record CallTrace
{
    /// <summary>How the reading went.</summary>
    public required CaptureOutcome Capture { get; init; }

    /// <summary>Calls and other exchanges in order of their first message.</summary>
    public required IReadOnlyList<Call> Calls { get; init; }

    /// <summary>All RTP streams, those of no known call included.</summary>
    public required IReadOnlyList<RtpStream> Streams { get; init; }

    /// <summary>What RTCP reported.</summary>
    public required RtcpCounts Rtcp { get; init; }

    /// <summary>SIP messages that could not be read at all.</summary>
    public long UnreadableMessages { get; init; }

    /// <summary>Calls let go to keep memory bounded.</summary>
    public long DroppedCalls { get; init; }

    /// <summary>Time of the first SIP message, nanoseconds since 1970; 0 if there is none.</summary>
    public long Start { get; init; }

    /// <summary>Time of the last packet of any kind, nanoseconds since 1970.</summary>
    public long End { get; init; }

    /// <summary>What it was read from; null for a trace that was seen live.</summary>
    internal IReadOnlyList<CaptureInput>? Inputs { get; init; }

    /// <summary>How it was read.</summary>
    internal CaptureOptions? Options { get; init; }

    /// <summary>Reads the inputs once more, for what was not kept.</summary>
    internal void ReadAgain(ICaptureSink sink) =>
        _ = new CaptureReader((Options ?? new CaptureOptions()) with { Progress = null }).Read(Inputs ?? [], sink);

    /// <summary>Reads captures or logs into a trace.</summary>
    /// <param name="inputs">What to read.</param>
    /// <param name="options">How to read; the defaults if null.</param>
    /// <param name="limits">What to keep; the defaults if null.</param>
    /// <param name="cancellation">Ends the reading early; what was read counts.</param>
    public static CallTrace Read(
        IReadOnlyList<CaptureInput> inputs,
        CaptureOptions? options = null,
        TraceLimits? limits = null,
        CancellationToken cancellation = default
    )
    {
        var builder = new TraceBuilder(limits ?? new TraceLimits(), inputs);
        using var queue = new PacketQueue(builder);
        var outcome = new CaptureReader(options).Read(inputs, queue, cancellation);
        queue.Finish();
        return builder.Build(outcome) with { Inputs = inputs, Options = options };
    }
}
