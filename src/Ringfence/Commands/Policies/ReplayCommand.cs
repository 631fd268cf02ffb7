using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Ringfence.Edge.Configuration;
using Ringfence.Output;
using Ringfence.Screening;
using Ringfence.Screening.Policy;

namespace Ringfence.Commands.Policies;

/// <summary><c>ringfence policy replay</c>: which calls of the past would fare differently.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<string> Old = new("old") { Description = PolicySource.Description };
    private static readonly Argument<string> New = new("new") { Description = "Likewise" };
    private static readonly Argument<FileInfo[]> Records = new("records")
    {
        Description = "Databases of an edge, facts as JSON, captures or logs of SIP messages",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string?> From = new("--from")
    {
        Description = "Only calls from this time on",
        HelpName = "2026-11-21T00:00:00Z",
    };
    private static readonly Option<string?> Until = new("--until")
    {
        Description = "Only calls before this time",
        HelpName = "2026-11-22T00:00:00Z",
    };
    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "How many calls to show; the summary counts all",
        DefaultValueFactory = _ => 50,
    };
    private static readonly Option<bool> Summary = new("--summary") { Description = "One line only" };
    private static readonly Option<bool> Believe = new("--believe-identity")
    {
        Description = "Take what Identity headers of a capture say for verified",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON, with the facts of each call" };

    internal static Command Create()
    {
        Command command = new(
            "replay",
            """
            Which of yesterday's calls would fare differently under another policy? Reads the database of an edge (the facts that each verdict
            rested on), the same as JSON, or captures; of a capture, rates and earlier calls are those that it shows itself, and identities are
            not verified. A configuration brings its own lists: then each side looks callers up in its own.

            Examples:
              ringfence policy replay ringfence.yaml new.yaml ringfence-data/ringfence.db --from 2026-11-21T00:00:00Z
              ringfence policy replay default new.yaml monday.pcapng tuesday.pcapng.gz --believe-identity
              ringfence policy replay old.yaml new.yaml calls.jsonl --json
              ringfence policy replay old.yaml new.yaml ringfence.db --summary

            Ends with 0 when all calls fare alike, 1 when some do not, 2 when something cannot be read.
            """
        )
        {
            Old,
            New,
            Records,
            From,
            Until,
            Limit,
            Summary,
            Believe,
            Json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        PolicyFile? before = PolicySource.ReadUsable(parsed.GetValue(Old)!);
        PolicyFile? after = PolicySource.ReadUsable(parsed.GetValue(New)!);
        bool hasSpan =
            TryTime(parsed, From, out DateTimeOffset? from) & TryTime(parsed, Until, out DateTimeOffset? until);
        if (before is null || after is null || !hasSpan)
        {
            return ExitCode.Unusable;
        }

        using var bar = new ProgressLine("replay");
        var source = new ReplaySource(
            new RecordSpan(from, until),
            after.Trunks.Count > 0 ? after.Trunks : before.Trunks,
            parsed.GetValue(Believe),
            bar,
            cancellation
        );
        try
        {
            ReplayReport report = PolicyReplay.Compare(
                new ReplaySide(before.Policy!, before.Lists),
                new ReplaySide(after.Policy!, after.Lists),
                parsed.GetValue(Records)!.SelectMany(file => source.Read(file.FullName)),
                Math.Max(0, parsed.GetValue(Limit))
            );
            bar.Dispose();
            source.TellWhatIsUncertain();
            Print(parsed, report);
            return report.Changed == 0 ? ExitCode.Success : ExitCode.Unexpected;
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or InvalidDataException
                        or JsonException
                        or SqliteException
            )
        {
            bar.Dispose();
            Console.Error.WriteLine($"ringfence: {source.Current}: {Explain(e)}");
            return ExitCode.Unusable;
        }
    }

    private static string Explain(Exception e) =>
        e switch
        {
            SqliteException { Message: var text } when text.Contains("no such", StringComparison.Ordinal) =>
                "the database of no edge, or of one that kept no facts of its calls",
            JsonException => $"no facts of calls: {e.Message}",
            _ => e.Message,
        };

    private static bool TryTime(ParseResult parsed, Option<string?> option, out DateTimeOffset? time)
    {
        time = null;
        if (parsed.GetValue(option) is not { } text)
        {
            return true;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read))
        {
            time = read;
            return true;
        }

        Console.Error.WriteLine($"ringfence: {option.Name} {text}: a time, for instance 2026-11-21T00:00:00Z");
        return false;
    }

    private static void Print(ParseResult parsed, ReplayReport report)
    {
        if (parsed.GetValue(Json))
        {
            JsonOutput.Print(json => JsonSerializer.Serialize(json, report, ScreeningJson.Default.ReplayReport));
        }
        else if (parsed.GetValue(Summary))
        {
            Console.WriteLine(report);
        }
        else
        {
            ReplayText.Print(report);
        }
    }
}
