namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>Some bytes of an input, behind a margin for what is left of those before them.</summary>
/// <param name="Buffer">Where they are, from <see cref="ReadAhead.Margin"/> on.</param>
/// <param name="Length">How many.</param>
/// <param name="StoredEnd">How far the stored input had been read with them; below 0 where that is not known.</param>
internal readonly record struct ByteBlock(byte[] Buffer, int Length, long StoredEnd);
