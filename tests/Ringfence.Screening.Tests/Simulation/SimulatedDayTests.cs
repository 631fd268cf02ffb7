using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Reputation;
using Ringfence.Screening.Rules;
using Ringfence.Screening.Simulation;

namespace Ringfence.Screening.Tests.Simulation;

public sealed class SimulatedDayTests
{
    // A tenth of the day unless the long runs are asked for: RINGFENCE_LONG=1 prints the figures of docs/policy.md.
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RINGFENCE_LONG") == "1";

    private static readonly SimulationOptions Day = IsLong
        ? new SimulationOptions()
        : new SimulationOptions
        {
            Calls = 100_000,
            Legitimate = 2000,
            Robocallers = 20,
        };

    private readonly ITestOutputHelper _output;

    public SimulatedDayTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void The_default_policy_stops_robocallers_and_spares_people()
    {
        var figures = Live(ScreeningPolicy.Default, Day);
        _output.WriteLine(figures.ToString());
        figures.ByKind.Values.Sum(f => f.Calls).ShouldBeInRange(Day.Calls * 99 / 100, Day.Calls * 101 / 100);
        figures.CatchRate.ShouldBeGreaterThan(0.85);
        figures.FalseRefusalRate.ShouldBeLessThan(0.001);
        figures.ByKind.Where(k => k.Key >= CallerKind.Cycling).ShouldAllBe(k => k.Value.Stopped > 0.6);

        figures.Appeals.Refused.ShouldBe(
            figures.ByKind.Where(k => k.Key < CallerKind.Cycling).Sum(k => k.Value.Refused)
        );
        (figures.Appeals.Through + figures.Appeals.ThroughOnceSigned + figures.Appeals.ByCallee).ShouldBe(
            figures.Appeals.Refused,
            "whom the operator refused by accident gets through after one appeal"
        );
        figures.Appeals.Refused.ShouldBeGreaterThan(0, "there is somebody to appeal");
    }

    [Fact]
    public void The_same_seed_gives_the_same_day()
    {
        var small = new SimulationOptions
        {
            Calls = 5000,
            Legitimate = 200,
            Robocallers = 8,
        };
        Live(ScreeningPolicy.Default, small).ToString().ShouldBe(Live(ScreeningPolicy.Default, small).ToString());
        Live(ScreeningPolicy.Default, small with { Seed = 608 })
            .ToString()
            .ShouldNotBe(Live(ScreeningPolicy.Default, small).ToString());
    }

    [Fact]
    public void How_far_the_day_is_can_be_seen_and_it_can_be_ended()
    {
        var small = new SimulationOptions
        {
            Calls = 20_000,
            Legitimate = 200,
            Robocallers = 8,
        };
        var seen = new List<int>();
        using var cancellation = new CancellationTokenSource();
        var progress = new Heard(calls =>
        {
            seen.Add(calls);
            if (calls > 10_000)
            {
                cancellation.Cancel();
            }
        });

        Should.Throw<OperationCanceledException>(() =>
            SimulatedDay.Run(ScreeningPolicy.Default, small, progress, cancellation.Token)
        );
        seen.ShouldBe([4096, 8192, 12288]);
    }

    [Fact]
    public void A_policy_that_lets_everybody_in_stops_nobody()
    {
        var figures = Live(Calls.Policy("  - { then: progress }\n"), Day with { Calls = 10_000 });
        figures.CatchRate.ShouldBeLessThan(0.03);
        figures.FalseRefusalRate.ShouldBe(0, 0.001);
    }

    [Fact]
    public void A_legitimate_caller_refused_by_accident_gets_through_after_one_appeal()
    {
        var reputation = new ReputationTable();
        var caller = Calls.Plain.Caller;
        for (var n = 0; n < 4; n++)
        {
            reputation.Report(
                new UnwantedReport(
                    caller,
                    Party.Parse($"+3319900{n:D4}"),
                    Calls.Noon,
                    ReportChannel.BeforeAnswer,
                    IdentityHeld: true,
                    DeliveredBefore: 30
                )
            );
        }

        var facts = Calls.Plain with
        {
            Reputation = reputation.Read(caller, Calls.Noon),
            Rates = RateFacts.Unseen with { CallsPerMinute = 40, DistinctCallees = 60, CallsPerDay = 500 },
        };
        var refused = ScreeningPolicy.Default.Decide(facts);
        refused.Decision.ShouldBe(Decision.Refuse);
        refused.Rule.ShouldBe("bad-reputation");

        reputation.GrantAppeal(caller, Calls.Noon);

        var heard = ScreeningPolicy.Default.Decide(facts with { Reputation = reputation.Read(caller, Calls.Noon) });
        heard.Decision.ShouldBe(Decision.Progress);
        heard.Rule.ShouldBe("appeal-granted");
    }

    private static SimulationFigures Live(ScreeningPolicy policy, SimulationOptions options) =>
        SimulatedDay.Run(policy, options, cancellation: TestContext.Current.CancellationToken);

    private sealed class Heard(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
