using System.Globalization;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Simulation;

/// <summary>
/// The numbers of the simulated day: one region, in which everybody has a number, so that who borrows a number mostly borrows
/// somebody's.
/// </summary>
internal static class NumberWorld
{
    public const int Numbers = 300_000;
    private const int Neighbourhood = 10_000;

    public static Party At(int index) => Number(33_199_000_000 + index);

    public static Party Any(Random random) => At(random.Next(Numbers));

    public static Party NeighbourOf(Party callee, Random random)
    {
        var number = long.Parse(callee.Text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
        return Number(number - (number % Neighbourhood) + random.Next(Neighbourhood));
    }

    private static Party Number(long digits) => Party.Parse("+" + digits.ToString(CultureInfo.InvariantCulture));
}
