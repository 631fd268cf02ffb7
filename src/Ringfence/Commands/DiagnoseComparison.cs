using System.CommandLine;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Report;
using Ringfence.Output;

namespace Ringfence.Commands;

/// <summary><c>ringfence diagnose --compare</c>: a good call and a bad one, and where they part.</summary>
internal static class DiagnoseComparison
{
    private const string Remedy = "--call GOOD --call BAD picks them by parts of their Call-IDs";

    internal static int Run(
        ParseResult parsed,
        (CallDiagnosis Diagnosis, string Name) good,
        (CallDiagnosis Diagnosis, string Name) bad
    )
    {
        ReportOptions options = DiagnoseOptions.Of(parsed);
        (CallFilter ofGood, CallFilter ofBad) = Filters(parsed, options.Filter);
        if (
            Found(ComparedCall.Best(good.Diagnosis, ofGood), ofGood, good, "good") is not { } well
            || Found(ComparedCall.Worst(bad.Diagnosis, ofBad), ofBad, bad, "bad") is not { } badly
        )
        {
            return ExitCode.Unusable;
        }

        CallComparison comparison = CallComparison.Of(well, badly, options.Language);
        Write(parsed, comparison, options);
        if (parsed.GetValue(DiagnoseOptions.Json))
        {
            using Stream output = Console.OpenStandardOutput();
            ComparisonJson.Write(output, comparison, options);
        }
        else
        {
            ComparisonText.Write(Terminal.Writer(parsed.GetValue(DiagnoseOptions.Ascii)), comparison, options);
        }

        return comparison.IsSame ? ExitCode.Success : ExitCode.Unexpected;
    }

    // Two calls have two Call-IDs: the first is of the good one, the second of the bad one, and a single one of whichever has it.
    private static (CallFilter Good, CallFilter Bad) Filters(ParseResult parsed, CallFilter filter) =>
        parsed.GetValue(DiagnoseOptions.CallId) is [var first, var second]
            ? (filter with { CallId = first }, filter with { CallId = second })
            : (filter, filter);

    private static ComparedCall? Found(
        ComparedCall? call,
        CallFilter filter,
        (CallDiagnosis Diagnosis, string Name) of,
        string side
    )
    {
        if (call is null)
        {
            int calls = of.Diagnosis.Trace.Calls.Count(one => one.Invite is not null);
            Console.Error.WriteLine(
                calls == 0
                    ? $"ringfence: no call (INVITE) in {of.Name}, the {side} one"
                    : $"ringfence: of {calls} calls in {of.Name}, the {side} one, none is as asked for; {Remedy}"
            );
            return null;
        }

        int fitting = of.Diagnosis.Trace.Calls.Count(one => one.Invite is not null && filter.Lets(one, of.Diagnosis));
        if (fitting > 1 + call.Call.Legs.Count)
        {
            Console.Error.WriteLine(
                $"ringfence: of {fitting} calls in {of.Name}, the {side} one, {call.Call.CallId} is compared; {Remedy}"
            );
        }

        return call with
        {
            Name = of.Name,
        };
    }

    private static void Write(ParseResult parsed, CallComparison comparison, ReportOptions options)
    {
        if (parsed.GetValue(DiagnoseOptions.Html) is { } page)
        {
            using (StreamWriter output = new(page.FullName))
            {
                ComparisonHtml.Write(output, comparison, options);
            }

            DiagnoseFiles.Tell(page.ToString());
        }

        if (parsed.GetValue(DiagnoseOptions.Svg) is { } picture)
        {
            File.WriteAllText(picture.FullName, ComparisonHtml.Picture(comparison, options.Language));
            DiagnoseFiles.Tell(picture.ToString());
        }
    }
}
