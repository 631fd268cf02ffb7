using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Ringfence.Edge;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Web;
using Ringfence.Output;

namespace Ringfence.Commands;

/// <summary><c>ringfence run</c>: the edge.</summary>
internal static class RunCommand
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(30);

    internal static Command Create()
    {
        Option<string?> file = new("--config", "-c")
        {
            Description = "The configuration (YAML). Without it: loopback, port 5060.",
        };
        Option<bool> check = new("--check") { Description = "Read the configuration, tell every mistake, and end." };
        Option<bool> verbose = new("--verbose", "-v") { Description = "More log lines." };
        Command command = new(
            "run",
            """
            The edge: screens live calls.

            Examples:
              ringfence run                          on loopback, records in ./ringfence-data
              ringfence run -c ringfence.yaml        as the file says
              ringfence run -c ringfence.yaml --check

            SIGHUP reads the file anew; a bad file leaves the one in force. SIGTERM refuses new calls with 503,
            lets those under way end for 30 s, and ends; a second one ends at once.
            """
        )
        {
            file,
            check,
            verbose,
        };
        command.SetAction(
            (parsed, _) => RunAsync(parsed.GetValue(file), parsed.GetValue(check), parsed.GetValue(verbose))
        );
        return command;
    }

    private static async Task<int> RunAsync(string? file, bool check, bool verbose)
    {
        ConfigurationResult read = file is null
            ? ConfigurationReader.Read("", "defaults", Environment.CurrentDirectory)
            : ConfigurationReader.ReadFile(file);
        foreach (ConfigurationMistake mistake in read.Mistakes)
        {
            Console.Error.WriteLine(mistake);
        }

        if (read.Configuration is not { } configuration)
        {
            return ExitCode.Unusable;
        }

        if (check)
        {
            Console.WriteLine($"{file ?? "defaults"}: sound");
            return ExitCode.Success;
        }

        using ILoggerFactory logs = LoggerFactory.Create(builder =>
            builder
                .SetMinimumLevel(verbose ? LogLevel.Debug : LogLevel.Information)
                .AddSimpleConsole(options =>
                {
                    options.SingleLine = true;
                    options.TimestampFormat = "HH:mm:ss.fff ";
                    options.UseUtcTimestamp = true;
                })
        );
        using EndSignals signals = new();
        try
        {
            EdgeHost host = EdgeHost.Start(configuration, logs.CreateLogger("ringfence"));
            await using (host.ConfigureAwait(false))
            {
                WebHost? pages = configuration.Web is { } address
                    ? await WebHost
                        .StartAsync(address, edge: host, password: configuration.WebPassword)
                        .ConfigureAwait(false)
                    : null;
                await using CertificateWeb? chain = await CertificateWeb
                    .StartAsync(host.Services)
                    .ConfigureAwait(false);
                string where = pages is null ? "" : $"; pages at {pages.Address}";
                Console.WriteLine(
                    $"ready: {string.Join(", ", host.Listening)}; records in {configuration.Database}{where}"
                );
                await ServeAsync(host, signals, file, logs.CreateLogger("ringfence")).ConfigureAwait(false);
                if (pages is not null)
                {
                    await pages.DisposeAsync().ConfigureAwait(false);
                }
            }

            return ExitCode.Success;
        }
        catch (Exception e) when (e is SocketException or SqliteException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ringfence: cannot start: {e.Message}");
            Console.Error.WriteLine(
                $"It listens on {string.Join(", ", configuration.Listen)} and writes {configuration.Database}: are they free and yours?"
            );
            return ExitCode.Unusable;
        }
    }

    private static async Task ServeAsync(EdgeHost host, EndSignals signals, string? file, ILogger log)
    {
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(
            PosixSignal.SIGHUP,
            signal =>
            {
                signal.Cancel = true;
                Reloading.Reload(host, file, log);
            }
        );
        await signals.Ending.ConfigureAwait(false);
        await Task.WhenAny(host.DrainAsync(DrainTime), signals.Now).ConfigureAwait(false);
    }
}
