namespace Ringfence.Diagnosis.Report;

/// <summary>A header field in which two messages differ that answer to each other.</summary>
/// <param name="Message">What the messages are: <c>INVITE</c>, <c>183 Session Progress</c>.</param>
/// <param name="Name">The name of the field.</param>
/// <param name="Good">Its value in the good call; null where that has none.</param>
/// <param name="Bad">Its value in the bad call; null where that has none.</param>
public sealed record HeaderChange(string Message, string Name, string? Good, string? Bad);
