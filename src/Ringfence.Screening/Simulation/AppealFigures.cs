namespace Ringfence.Screening.Simulation;

/// <summary>What one appeal would do for legitimate calls that were refused at once.</summary>
/// <param name="Refused">Such calls: the sum of the other three, where the policy honours appeals.</param>
/// <param name="Through">Those that get through after one granted appeal, signed as they were.</param>
/// <param name="ThroughOnceSigned">Those that get through after it once the caller's provider signs the call.</param>
/// <param name="ByCallee">Those that the callee itself refuses, by its list: no appeal to the operator changes that.</param>
public readonly record struct AppealFigures(int Refused, int Through, int ThroughOnceSigned, int ByCallee);
