namespace Ringfence.Screening.Policy;

/// <summary>Something wrong in a policy, and what would be right.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="File">The file, as it was named to the parser.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What would be right.</param>
public sealed record PolicyMistake(
    MistakeSeverity Severity,
    string File,
    int Line,
    int Column,
    string Message,
    string Remedy
)
{
    /// <summary>"file:line:column: error: message; remedy"</summary>
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {(Severity == MistakeSeverity.Error ? "error" : "warning")}: {Message}; {Remedy}";
}
