using Microsoft.Extensions.Logging;
using Ringfence.Edge;
using Ringfence.Edge.Configuration;

namespace Ringfence.Commands;

/// <summary>Reads the configuration anew while the edge runs; a bad one leaves the one in force.</summary>
internal static partial class Reloading
{
    internal static void Reload(EdgeHost host, string? file, ILogger log)
    {
        if (file is null)
        {
            return;
        }

        ConfigurationResult read = ConfigurationReader.ReadFile(file);
        foreach (ConfigurationMistake mistake in read.Mistakes)
        {
            Mistake(log, mistake.ToString());
        }

        if (read.Configuration is { } configuration)
        {
            host.Reload(configuration);
            InForce(log, file);
        }
        else
        {
            Refused(log, file);
        }
    }

    [LoggerMessage(1001, LogLevel.Warning, "{Mistake}")]
    private static partial void Mistake(ILogger log, string mistake);

    [LoggerMessage(
        1002,
        LogLevel.Information,
        "{File} was read anew; its trunks, routes, lists and policy are in force"
    )]
    private static partial void InForce(ILogger log, string file);

    [LoggerMessage(
        1003,
        LogLevel.Error,
        "{File} is not used because of its mistakes; the configuration in force stays"
    )]
    private static partial void Refused(ILogger log, string file);
}
