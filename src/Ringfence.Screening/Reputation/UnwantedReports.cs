using Ringfence.Screening.Lists;

namespace Ringfence.Screening.Reputation;

/// <summary>Takes reports of unwanted calls: onto the reporter's own list always, into the caller's reputation where they count.</summary>
public sealed class UnwantedReports(PersonalLists lists, ReputationTable reputation)
{
    /// <summary>How long a caller stays on the reporter's list.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(365);

    /// <summary>Takes a report. A caller without identity goes onto no list: it would be every such caller (RFC 8197 §4).</summary>
    public ReportOutcome Take(in UnwantedReport report)
    {
        if (report.Caller.Form is Facts.PartyForm.Anonymous or Facts.PartyForm.None or Facts.PartyForm.Invalid)
        {
            return ReportOutcome.NoIdentity;
        }

        lists.Put(
            report.Reporter,
            new PersonalEntry
            {
                Caller = report.Caller,
                IsAllowed = false,
                Since = report.At,
                Until = report.At + Lifetime,
                Channel = report.Channel,
            }
        );
        return reputation.Report(report);
    }

    /// <summary>Takes the report back: the caller leaves the reporter's list.</summary>
    public bool Undo(in UnwantedReport report) => lists.Remove(report.Reporter, report.Caller);
}
