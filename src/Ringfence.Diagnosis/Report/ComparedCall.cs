using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;

namespace Ringfence.Diagnosis.Report;

/// <summary>One side of a comparison.</summary>
/// <param name="Call">The call.</param>
/// <param name="Diagnosis">The diagnosis that it is part of.</param>
public sealed record ComparedCall(Call Call, CallDiagnosis Diagnosis)
{
    /// <summary>What the trace is called: the names of its files.</summary>
    public string Name { get; init; } = "";

    /// <summary>The call of a trace that went best: the first of those with the mildest findings; null where no INVITE is let through.</summary>
    public static ComparedCall? Best(CallDiagnosis diagnosis, CallFilter filter) =>
        Of(Calls(diagnosis, filter).MinBy(Gravity), diagnosis);

    /// <summary>The call of a trace that went worst: the first of those with the gravest finding; null where no INVITE is let through.</summary>
    public static ComparedCall? Worst(CallDiagnosis diagnosis, CallFilter filter) =>
        Of(Calls(diagnosis, filter).MaxBy(Gravity), diagnosis);

    /// <summary>The call as reports tell it, with its legs.</summary>
    internal ReportedCall Reported { get; } = ReportedCall.Of(Call, Diagnosis);

    /// <summary>Its ladder, without marks of findings.</summary>
    internal CallLadder Ladder(string language) =>
        LadderBuilder.Of(Call, [], language: language, rtcp: Diagnosis.Trace.Rtcp, diagnosis: Diagnosis);

    private static ComparedCall? Of(ReportedCall? reported, CallDiagnosis diagnosis) =>
        reported is null ? null : new ComparedCall(reported.Call, diagnosis);

    private static IEnumerable<ReportedCall> Calls(CallDiagnosis diagnosis, CallFilter filter)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        ArgumentNullException.ThrowIfNull(filter);
        return ReportedCall.Of(diagnosis, filter).Where(reported => reported.Call.Invite is not null);
    }

    private static (int Severity, bool IsUnanswered) Gravity(ReportedCall reported) =>
        (
            reported.Severity is { } grave ? (int)grave : -1,
            reported.Call.State is not (CallState.Answered or CallState.Completed)
        );
}
