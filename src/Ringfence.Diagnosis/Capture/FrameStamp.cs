namespace Ringfence.Diagnosis.Capture;

/// <summary>Which frame is being taken apart.</summary>
/// <param name="Number">From 1, over all inputs.</param>
/// <param name="Time">Nanoseconds since 1970.</param>
/// <param name="Input">Which input.</param>
/// <param name="Snapped">Whether the capture holds less of it than was on the wire.</param>
/// <param name="Offset">Where its bytes begin in the input; 0 where they cannot be read there again.</param>
/// <param name="Interface">Which of several interfaces of the input, from 1; 0 where there is one.</param>
internal readonly record struct FrameStamp(
    long Number,
    long Time,
    int Input,
    bool Snapped,
    long Offset = 0,
    int Interface = 0
);
