namespace Ringfence.Codes;

/// <summary>A whole response as on the wire.</summary>
/// <param name="Lines">Its lines, without line ends.</param>
/// <param name="Marks">Indexes of the lines that matter for the code.</param>
public sealed record SampleMessage(IReadOnlyList<string> Lines, IReadOnlyList<int> Marks);
