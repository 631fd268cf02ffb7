namespace Ringfence.Screening.Simulation;

/// <summary>How the calls of one kind of caller fared.</summary>
/// <param name="Calls">Calls made.</param>
/// <param name="Refused">Refused at once.</param>
/// <param name="Challenged">Asked to show to be a person.</param>
/// <param name="ChallengeFailed">Of these, the calls that ended there.</param>
public readonly record struct KindFigures(int Calls, int Refused, int Challenged, int ChallengeFailed)
{
    /// <summary>The part of the calls that did not get through, 0 to 1.</summary>
    public double Stopped => Calls == 0 ? 0 : (double)(Refused + ChallengeFailed) / Calls;
}
