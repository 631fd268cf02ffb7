namespace Ringfence.Edge.Configuration;

/// <summary>What reading a configuration gave: the configuration, or every mistake that stands in its way.</summary>
/// <param name="Configuration">Null when a mistake makes it unusable.</param>
/// <param name="Mistakes">Mistakes and warnings in order of line.</param>
public sealed record ConfigurationResult(
    EdgeConfiguration? Configuration,
    IReadOnlyList<ConfigurationMistake> Mistakes
);
