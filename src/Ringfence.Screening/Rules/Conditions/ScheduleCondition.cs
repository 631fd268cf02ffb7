using System.Globalization;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;

namespace Ringfence.Screening.Rules.Conditions;

/// <summary>The call comes in within one of the schedules.</summary>
internal sealed class ScheduleCondition(Schedule[] schedules) : Condition(FactName.Schedule)
{
    public override string Expected => string.Join(", ", schedules.Select(s => s.ToString()));

    public override bool Holds(CallFacts facts)
    {
        foreach (var schedule in schedules)
        {
            if (schedule.Contains(facts.At))
            {
                return true;
            }
        }

        return false;
    }

    public override string Observed(CallFacts facts) =>
        schedules[0].LocalTime(facts.At).ToString("ddd HH:mm", CultureInfo.InvariantCulture);
}
