using Ringfence.Stir.Fetching;
using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Verification;

/// <summary>One identity on its way through the steps.</summary>
internal sealed class IdentityCheck(ReadOnlyMemory<byte> value, TimeProvider time)
{
    private long _mark = time.GetTimestamp();

    public ReadOnlyMemory<byte> Value { get; } = value;
    public List<VerificationStep> Steps { get; } = new(18);
    public IdentityHeader Header { get; set; }
    public PassportToken? Passport { get; set; }
    public Fault Fault { get; private set; }

    /// <summary>What a compact token may have signed: one for each caller and called that the request names. Empty for the full form.</summary>
    public IReadOnlyList<PassportToken> Readings { get; set; } = [];
    public CertificateLookup Lookup { get; set; }

    /// <summary>Whether its "dest" is reached only through diversions.</summary>
    public bool NeedsDiversion { get; set; }

    /// <summary>Whether its "dest" is the Request-URI.</summary>
    public bool MatchesTarget { get; set; }

    public bool IsOpen => Fault == Fault.None;

    public bool IsDiversion => Passport is { Type: PassportType.Div or PassportType.DivO };

    /// <summary>Records a step; a failure ends the identity's way.</summary>
    public bool Take(VerificationRule rule, Fault fault)
    {
        long now = time.GetTimestamp();
        var step = new VerificationStep(rule, fault, time.GetElapsedTime(_mark, now));
        Steps.Add(step);
        _mark = now;
        if (step.Outcome == StepOutcome.Failed)
        {
            Fault = fault;
        }

        return step.Outcome != StepOutcome.Failed;
    }

    /// <summary>Records what a reader found that covers several steps: all before the failing one held.</summary>
    public bool TakeThrough(VerificationRule first, VerificationRule last, Fault fault)
    {
        VerificationRule failing = fault == Fault.None ? last : FaultStatus.RuleOf(fault);
        for (VerificationRule rule = first; rule < failing; rule++)
        {
            Take(rule, Fault.None);
        }

        return Take(failing, fault);
    }

    /// <summary>Starts the clock again after a wait that was not this identity's.</summary>
    public void Resume() => _mark = time.GetTimestamp();
}
