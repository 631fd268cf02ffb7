namespace Ringfence.Edge.LiveFindings;

/// <summary>One finding of a call as it lies in the table <c>call_findings</c>.</summary>
/// <param name="CallId">The id of the call's record.</param>
/// <param name="Finding">The finding's id: <c>EM-01</c>.</param>
/// <param name="Severity">Error, Warning or Information.</param>
/// <param name="Confidence">Certain, Likely or Possible.</param>
/// <param name="Seen">What was seen, in English.</param>
public sealed record FindingRow(string CallId, string Finding, string Severity, string Confidence, string Seen);
