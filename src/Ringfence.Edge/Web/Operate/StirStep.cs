namespace Ringfence.Edge.Web.Operate;

/// <summary>One step of a verification.</summary>
/// <param name="Title">What is asked.</param>
/// <param name="Section">Where it is written.</param>
/// <param name="Input">On what.</param>
/// <param name="Outcome">Held, Warned or Failed.</param>
/// <param name="Finding">What was wrong; may be empty.</param>
/// <param name="Microseconds">How long it took.</param>
public sealed record StirStep(
    string Title,
    string Section,
    string Input,
    string Outcome,
    string Finding,
    double Microseconds
);
