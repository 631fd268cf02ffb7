using Microsoft.Extensions.Logging;
using Ringfence.Edge.Telemetry;

namespace Ringfence.Edge.Pipeline;

/// <summary>Warns once a day of what ends soon, until it is renewed.</summary>
internal sealed class StirAlarms(ILogger log, TimeProvider clock)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(14);
    private static readonly TimeSpan ListAhead = TimeSpan.FromDays(1);
    private static readonly TimeSpan Again = TimeSpan.FromDays(1);

    private readonly Dictionary<StirEnding, DateTimeOffset> _told = [];

    internal void Sound(IEnumerable<StirEnding> endings)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (StirEnding ending in endings.Where(ending => IsNear(ending, now)))
        {
            if (_told.TryGetValue(ending, out DateTimeOffset last) && now - last < Again)
            {
                continue;
            }

            _told[ending] = now;
            Tell(ending);
        }

        foreach (StirEnding old in _told.Where(told => now - told.Value > 2 * Again).Select(told => told.Key).ToArray())
        {
            _told.Remove(old);
        }
    }

    /// <summary>Lists are renewed daily or faster; only one that is overdue is worth a word. Certificates want an order first.</summary>
    private static bool IsNear(in StirEnding ending, DateTimeOffset now) =>
        ending.When - now
        <= ending.Kind switch
        {
            "crl" => TimeSpan.Zero,
            "trust-list" => ListAhead,
            _ => Ahead,
        };

    private void Tell(in StirEnding ending)
    {
        switch (ending.Kind)
        {
            case "signer":
                EdgeLog.SigningCertificateEnding(log, ending.When);
                break;
            case "crl":
                StirLog.RevocationListOverdue(log, ending.Name, ending.When);
                break;
            case "root":
                StirLog.Ending(log, $"The trusted root {ending.Name}", ending.When);
                break;
            default:
                StirLog.Ending(log, $"The trust list of {ending.Name}", ending.When);
                break;
        }
    }
}
