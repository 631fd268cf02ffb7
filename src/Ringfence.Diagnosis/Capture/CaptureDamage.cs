namespace Ringfence.Diagnosis.Capture;

/// <summary>A place in an input that could not be read.</summary>
/// <param name="Input">Which of the inputs, from 0.</param>
/// <param name="Offset">The byte offset in the input after decompression.</param>
/// <param name="Kind">What is wrong there.</param>
public readonly record struct CaptureDamage(int Input, long Offset, DamageKind Kind);
