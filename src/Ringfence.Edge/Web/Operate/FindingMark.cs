namespace Ringfence.Edge.Web.Operate;

/// <summary>What the rules found on a call, as short as a list has it.</summary>
/// <param name="Finding">The id of the gravest finding: <c>EM-01</c>.</param>
/// <param name="Severity">Error, Warning or Information.</param>
/// <param name="More">How many findings it has besides.</param>
public sealed record FindingMark(string Finding, string Severity, int More);
