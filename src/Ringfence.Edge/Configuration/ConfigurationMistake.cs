namespace Ringfence.Edge.Configuration;

/// <summary>One mistake in a configuration file: where it stands, what it is, and what would be right.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What would be right.</param>
/// <param name="IsWarning">True when the configuration can be used all the same.</param>
public sealed record ConfigurationMistake(
    string File,
    int Line,
    int Column,
    string What,
    string Remedy,
    bool IsWarning = false
)
{
    /// <summary>As compilers print it, so that editors jump to it.</summary>
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {(IsWarning ? "warning" : "error")}: {What}; {Remedy}";
}
