namespace Ringfence.Diagnosis.Media;

/// <summary>Takes samples; they are valid only during the call.</summary>
internal delegate void SampleTaker(ReadOnlySpan<short> samples);
