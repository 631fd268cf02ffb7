using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ringfence.Commands.Policies;
using Ringfence.Output;
using Ringfence.Screening;
using Ringfence.Screening.Simulation;

namespace Ringfence.Commands.Simulate;

/// <summary><c>ringfence simulate</c>: a day of calls, a million of them, put before a policy.</summary>
internal static class SimulateCommand
{
    private static readonly SimulationOptions Defaults = new();
    private static readonly Argument<string> FileName = new("policy")
    {
        Description = PolicySource.Description,
        DefaultValueFactory = _ => "default",
    };
    private static readonly Option<int> Calls = Number("--calls", "Calls of the day", Defaults.Calls);
    private static readonly Option<int> Legitimate = Number(
        "--legitimate",
        "Numbers of people, businesses and reminders",
        Defaults.Legitimate
    );
    private static readonly Option<int> Robocallers = Number(
        "--robocallers",
        "Robocallers, in equal parts of four patterns",
        Defaults.Robocallers
    );
    private static readonly Option<double> Share = new("--robocalls")
    {
        Description = "The part of the calls that robocallers make, 0 to 1",
        DefaultValueFactory = _ => Defaults.RobocallShare,
    };
    private static readonly Option<int> Seed = Number("--seed", "The same seed gives the same day", Defaults.Seed);
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON" };

    internal static Command Create()
    {
        Command command = new(
            "simulate",
            """
            What does a policy do to a day of calls? People, businesses and reminders call, and robocallers that cycle through numbers, show
            a neighbour's number, dial in sequence, or come in bursts. Rates and reputation learn as they would in service; the clock is
            the day's own, so that the same seed gives the same figures. They stand in docs/simulation.md.

            Examples:
              ringfence simulate
              ringfence simulate policy.yaml --calls 100000 --seed 1
              ringfence simulate policy.yaml --robocalls 0.6 --json

            Ends with 0, or with 2 when the policy cannot be read or a number makes no sense.
            """
        )
        {
            FileName,
            Calls,
            Legitimate,
            Robocallers,
            Share,
            Seed,
            Json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var options = new SimulationOptions
        {
            Calls = parsed.GetValue(Calls),
            Legitimate = parsed.GetValue(Legitimate),
            Robocallers = parsed.GetValue(Robocallers),
            RobocallShare = parsed.GetValue(Share),
            Seed = parsed.GetValue(Seed),
        };
        if (Fault(options) is { } fault)
        {
            Console.Error.WriteLine($"ringfence: {fault}");
            return ExitCode.Unusable;
        }

        if (PolicySource.ReadUsable(parsed.GetValue(FileName)!) is not { Policy: { } policy } read)
        {
            return ExitCode.Unusable;
        }

        SimulationFigures figures;
        using (var bar = new ProgressLine("simulate"))
        {
            figures = SimulatedDay.Run(policy, options, new Bar(bar, options.Calls), cancellation);
        }

        if (parsed.GetValue(Json))
        {
            JsonOutput.Print(json => JsonSerializer.Serialize(json, figures, ScreeningJson.Default.SimulationFigures));
        }
        else
        {
            SimulationText.Print(read, options, figures);
        }

        return ExitCode.Success;
    }

    private static string? Fault(SimulationOptions options) =>
        options switch
        {
            { Calls: < 1 or > 100_000_000 } => "--calls: from 1 to 100,000,000",
            { Legitimate: < 1 or > 1_000_000 } => "--legitimate: from 1 to 1,000,000",
            { Robocallers: < 4 or > 100_000 } => "--robocallers: from 4 to 100,000",
            { RobocallShare: not (>= 0 and < 1) } => "--robocalls: a part from 0 to below 1",
            _ => null,
        };

    private static Option<int> Number(string name, string description, int otherwise) =>
        new(name)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => otherwise,
        };

    private sealed class Bar(ProgressLine bar, int calls) : IProgress<int>
    {
        public void Report(int value) =>
            bar.Report((double)value / calls, $"{value.ToString("N0", CultureInfo.InvariantCulture)} calls");
    }
}
