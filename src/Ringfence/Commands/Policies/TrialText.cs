using System.Globalization;
using Ringfence.Output;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Refusal;
using Ringfence.Screening.Rules;

namespace Ringfence.Commands.Policies;

/// <summary>A trial as a reader wants it: the verdict first, then the wire, then every rule.</summary>
internal static class TrialText
{
    internal static void Print(CallFacts facts, PolicyTrial trial, RefusalAnswer? answer, string language)
    {
        Verdict verdict = trial.Verdict;
        string trunk = facts.Trunk.Length == 0 ? "" : $" by {facts.Trunk}";
        string at = facts.At.ToString("ddd yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
        Console.WriteLine($"{Name(facts.Caller)} calls {Name(facts.Callee)}{trunk}, {at}");
        Console.WriteLine();
        Console.WriteLine($"  {Terminal.Bold(verdict.Summary)}, decided by {Who(trial)}");
        foreach (Reason reason in verdict.Reasons)
        {
            Console.WriteLine($"    {reason.Text(language)}");
        }

        if (verdict.Marks.Length > 0)
        {
            Console.WriteLine($"    marked: {string.Join(", ", verdict.Marks)}");
        }

        if (answer is not null)
        {
            PrintWire(answer);
        }

        Console.WriteLine();
        int widest = trial.Steps.Select(step => step.Rule.Length).DefaultIfEmpty(0).Max();
        foreach (TrialStep step in trial.Steps)
        {
            Print(step, widest);
        }
    }

    private static string Name(Party party) => party.Form == PartyForm.None ? "nobody" : party.Text;

    private static string Who(PolicyTrial trial)
    {
        string rule = trial.Verdict.Rule;
        int line = trial.Steps.FirstOrDefault(step => step.Rule == rule)?.Line ?? 0;
        return trial.Verdict.DecidedBy switch
            {
                DecidedBy.Law => "the law",
                DecidedBy.User => "the user",
                DecidedBy.Operator => "the operator",
                DecidedBy.Emergency => "the order itself: an emergency",
                _ => "nobody: nobody objects",
            } + (rule.Length == 0 ? "" : $", rule {rule} (line {line})");
    }

    private static void PrintWire(RefusalAnswer answer)
    {
        Console.WriteLine();
        Console.WriteLine(
            $"    SIP/2.0 {answer.Status} {answer.Phrase}{(answer.AnnounceFirst ? "        after the announcement in early media" : "")}"
        );
        foreach (ReasonValue reason in answer.Reasons)
        {
            Console.WriteLine($"    Reason: {reason}");
        }

        if (answer.CallInfo is not null)
        {
            Console.WriteLine($"    Call-Info: {answer.CallInfo}");
        }

        if (answer.FeatureCaps is not null)
        {
            Console.WriteLine($"    Feature-Caps: {answer.FeatureCaps}");
        }
    }

    private static void Print(TrialStep step, int widest)
    {
        string outcome = step.Outcome switch
        {
            StepOutcome.Decided => Terminal.Good("decided "),
            StepOutcome.Marked => Terminal.Good("marked  "),
            StepOutcome.CameTooLate => "too late",
            StepOutcome.AlreadyPassed => "passed  ",
            _ => Terminal.Dim("no      "),
        };
        string line = step.Line.ToString(CultureInfo.InvariantCulture).PadLeft(4);
        string why = step.Missing ?? "";
        Console.WriteLine(
            $"  {line}  {outcome}  {step.Rule.PadRight(widest)}  {step.Action, -21}  {Terminal.Dim(why)}".TrimEnd()
        );
    }
}
