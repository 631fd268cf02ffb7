namespace Ringfence.Screening.Rules;

/// <summary>A fact that a rule can ask for. In a policy it is written in lower case with hyphens: "calls-per-minute".</summary>
public enum FactName : byte
{
    /// <summary>None: the rule holds for every call.</summary>
    None,

    /// <summary>The caller's number or address.</summary>
    Caller,

    /// <summary>The callee's number or address.</summary>
    Callee,

    /// <summary>The last diverter's number or address.</summary>
    Diverter,

    /// <summary>A list that the caller is on.</summary>
    CallerIn,

    /// <summary>A list that the callee is on.</summary>
    CalleeIn,

    /// <summary>A list that the last diverter is on.</summary>
    DiverterIn,

    /// <summary>What kind of name the caller goes by.</summary>
    CallerForm,

    /// <summary>What kind of name the callee goes by.</summary>
    CalleeForm,

    /// <summary>Where the caller's identity came from.</summary>
    IdentityFrom,

    /// <summary>The trunk.</summary>
    Trunk,

    /// <summary>How far the signer vouches for the caller.</summary>
    Attestation,

    /// <summary>What verification said.</summary>
    Verification,

    /// <summary>The step of verification that failed.</summary>
    FailedStep,

    /// <summary>The name that the caller shows.</summary>
    DisplayName,

    /// <summary>Whether the caller withholds its name or number.</summary>
    Anonymous,

    /// <summary>What privacy the caller asked for.</summary>
    Privacy,

    /// <summary>How often the call was diverted.</summary>
    Diversions,

    /// <summary>The time of day and week.</summary>
    Schedule,

    /// <summary>Calls in the last minute.</summary>
    CallsPerMinute,

    /// <summary>Calls in the last hour.</summary>
    CallsPerHour,

    /// <summary>Calls in the last day.</summary>
    CallsPerDay,

    /// <summary>Different callees in this hour and the one before.</summary>
    DistinctCallees,

    /// <summary>The part of the caller's calls that is answered.</summary>
    AnswerRatio,

    /// <summary>The part of the answered calls that ends at once.</summary>
    ShortCallRatio,

    /// <summary>Calls of this caller that were refused.</summary>
    Refusals,

    /// <summary>The part of the calls that goes to numbers which do not exist.</summary>
    InvalidRatio,

    /// <summary>The part of the calls that goes to the caller's neighbours.</summary>
    NeighbourRatio,

    /// <summary>Calls in a row to adjacent numbers.</summary>
    SequentialRun,

    /// <summary>Different callers from the caller's block of a hundred numbers.</summary>
    BlockCallers,

    /// <summary>Different callers that rang this callee.</summary>
    CallersOfCallee,

    /// <summary>Hours since the caller was first seen.</summary>
    KnownHours,

    /// <summary>What callees think of the caller, 0 to 100.</summary>
    Reputation,

    /// <summary>How many callees have reported the caller.</summary>
    Reporters,

    /// <summary>Whether an appeal was granted.</summary>
    Vouched,

    /// <summary>Whether the callee has called this number.</summary>
    Dialled,

    /// <summary>Whether the callee has answered this number.</summary>
    Answered,

    /// <summary>Whether the caller is in the callee's address book.</summary>
    Contact,

    /// <summary>Earlier calls of this caller to this callee in the last minutes.</summary>
    RecentAttempts,

    /// <summary>How many trailing digits of caller and callee differ; 15 for numbers that are not of one length.</summary>
    DifferingDigits,

    /// <summary>Whether the call may have to do with an emergency.</summary>
    Emergency,

    /// <summary>Whether the caller has shown to be a person.</summary>
    Challenge,

    /// <summary>What the callee wants of callers that it does not know.</summary>
    Strangers,
}
