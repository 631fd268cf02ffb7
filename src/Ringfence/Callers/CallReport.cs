using System.Text.Json;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Media.Hearing;
using Ringfence.Output;

namespace Ringfence.Callers;

/// <summary>What is told of a test call.</summary>
internal sealed record CallReport
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private CallReport(CallPlan plan, CallOutcome outcome, HeardSound heard)
    {
        Plan = plan;
        Outcome = outcome;
        Heard = heard;
    }

    private CallPlan Plan { get; }

    private CallOutcome Outcome { get; }

    private HeardSound Heard { get; }

    private string? Recording { get; init; }

    private int[] Expected { get; init; } = [];

    /// <summary>True when the expected statuses came in their order; without any, when a final response came.</summary>
    internal bool AsExpected =>
        Expected.Length == 0
            ? Outcome.FinalStatus > 0
            : Contains([.. Outcome.Responses.Select(response => response.StatusCode)], Expected);

    internal static CallReport Of(CallPlan plan, CallOutcome outcome, int[] expected, string? recording) =>
        new(plan, outcome, HeardSound.Of(outcome.HeardEarly, plan.Uri, plan.From))
        {
            Expected = expected,
            Recording = recording,
        };

    /// <summary>True when the wanted statuses came in that order, others between them or not, and the last one was the last.</summary>
    internal static bool Contains(int[] came, int[] wanted)
    {
        int at = 0;
        foreach (int code in came)
        {
            at += at < wanted.Length && code == wanted[at] ? 1 : 0;
        }

        return at == wanted.Length && came.Length > 0 && came[^1] == wanted[^1];
    }

    internal void Print(bool json, LadderLog log)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(ToJson(), Indented));
            return;
        }

        if (Outcome.Trouble is { } trouble)
        {
            Console.Error.WriteLine($"ringfence: {trouble}");
            return;
        }

        LadderHost[] hosts = [new("caller", Plan.From), new("callee", Plan.Uri)];
        var ladder = new CallLadder(hosts, [.. log.Arrows(log.Started, own: 0, other: 1)]);
        foreach (string line in TerminalLadder.Draw(ladder.Folded(), Terminal.Width, Terminal.Colours))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine(Terminal.Labelled("result", Result()));
        Console.WriteLine(Terminal.Labelled("heard", Heard.Text + Media()));
        if (Recording is not null)
        {
            Console.WriteLine($"  recorded  {Recording}");
        }

        if (Expected.Length > 0)
        {
            Console.WriteLine(
                $"  expected  {string.Join(", ", Expected)}: {(AsExpected ? Terminal.Good("so it came") : Terminal.Bad("it did not come so"))}"
            );
        }
    }

    private string Result()
    {
        if (Outcome.Responses.Count == 0)
        {
            return Terminal.Bad("no response");
        }

        ReceivedResponse last = Outcome.Responses[^1];
        string reason = last.Reason.Length > 0 ? $", Reason: {last.Reason}" : "";
        string text = $"{last.StatusCode} {last.Phrase} after {last.Ms} ms{reason}";
        return last.StatusCode is >= 200 and < 300 ? Terminal.Good(text) : text;
    }

    private string Media() =>
        Outcome.FirstPacketMs is { } first
            ? $"; first packet after {first} ms, {Outcome.Packets} packets, {Outcome.Lost} lost"
                + (Outcome.HasEarlySession ? "; in an early session until the answer" : "")
            : "";

    private object ToJson() =>
        new
        {
            uri = Plan.Uri,
            from = Plan.From,
            asExpected = AsExpected,
            trouble = Outcome.Trouble,
            finalStatus = Outcome.FinalStatus,
            responses = Outcome.Responses,
            answeredMs = Outcome.AnsweredMs,
            early = new
            {
                firstPacketMs = Outcome.FirstPacketMs,
                packets = Outcome.Packets,
                lost = Outcome.Lost,
                heard = Heard.Text,
                session = Outcome.HasEarlySession,
                segments = Heard.Segments.Select(ToJson),
            },
            recording = Recording,
        };

    private static object ToJson(HeardSegment segment) =>
        new
        {
            kind = segment.Kind.ToString(),
            startMs = (int)segment.Start.TotalMilliseconds,
            endMs = (int)segment.End.TotalMilliseconds,
            level = Math.Round(segment.Level, 1),
            frequencies = segment.Frequencies.Select(hertz => Math.Round(hertz, 1)),
            cadence = segment.Cadence,
            countries = segment.Countries,
            whole = segment.IsWhole,
        };
}
