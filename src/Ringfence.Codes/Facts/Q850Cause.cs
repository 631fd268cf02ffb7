namespace Ringfence.Codes;

/// <summary>A Q.850 cause.</summary>
/// <param name="Cause">Cause number, 0 to 127.</param>
/// <param name="Name">Name as in the recommendation.</param>
public sealed record Q850Cause(int Cause, string Name);
