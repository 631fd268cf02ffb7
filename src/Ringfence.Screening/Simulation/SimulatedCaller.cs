using Ringfence.Screening.Facts;
using Ringfence.Stir.Claims;

namespace Ringfence.Screening.Simulation;

/// <summary>One caller of the simulated day, and how it chooses what number to show and whom to call.</summary>
internal sealed class SimulatedCaller
{
    private const int Circle = 12;
    private readonly Random _random;
    private readonly Party[] _circle;
    private readonly Party[] _shown;
    private int _next;

    public SimulatedCaller(CallerKind kind, Random random)
    {
        Kind = kind;
        _random = random;
        Attestation = DrawAttestation();
        _next = random.Next(NumberWorld.Numbers);
        _circle =
            kind == CallerKind.Person ? [.. Enumerable.Range(0, Circle).Select(_ => NumberWorld.Any(random))] : [];
        var block = random.Next(NumberWorld.Numbers / 100) * 100;
        _shown =
            kind == CallerKind.Cycling
                ? [.. Enumerable.Range(0, 20).Select(_ => NumberWorld.At(block + random.Next(100)))]
                : [NumberWorld.Any(random)];
    }

    public CallerKind Kind { get; }

    public Attestation Attestation { get; }

    public bool IsRobocaller => Kind >= CallerKind.Cycling;

    /// <summary>How many calls it makes beside the others of its side.</summary>
    public double Weight =>
        Kind switch
        {
            CallerKind.Person => 0.2 + _random.NextDouble(),
            CallerKind.Business => 5,
            CallerKind.Reminder => 25,
            _ => 1,
        };

    /// <summary>Whom it calls, what number it shows, and whether the callee knows it.</summary>
    public (Party Shown, Party Callee, bool IsKnown) Dial()
    {
        var knows = Kind == CallerKind.Person && _random.NextDouble() < 0.7;
        var callee = Kind switch
        {
            CallerKind.Sequential => NumberWorld.At(_next++ % NumberWorld.Numbers),
            _ when knows => _circle[_random.Next(Circle)],
            _ => NumberWorld.Any(_random),
        };
        var shown =
            Kind == CallerKind.Neighbour
                ? NumberWorld.NeighbourOf(callee, _random)
                : _shown[_random.Next(_shown.Length)];
        return (shown, callee, knows && _random.NextDouble() < 0.9);
    }

    // A provider fully attests only a number that is the caller's to use: not one that is borrowed for the call.
    private Attestation DrawAttestation()
    {
        var (a, b, c) = Kind switch
        {
            CallerKind.Person => (0.70, 0.85, 0.93),
            CallerKind.Business => (0.75, 0.95, 0.98),
            CallerKind.Reminder => (0.85, 0.97, 0.99),
            CallerKind.Cycling or CallerKind.Neighbour => (0.0, 0.10, 0.60),
            _ => (0.05, 0.20, 0.65),
        };
        var draw = _random.NextDouble();
        return draw < a ? Attestation.A
            : draw < b ? Attestation.B
            : draw < c ? Attestation.C
            : Attestation.None;
    }
}
