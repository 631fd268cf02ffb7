using System.Diagnostics.Metrics;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Telemetry;

/// <summary>The edge's counts, for whatever listens to <c>Ringfence.Edge</c> (OpenTelemetry, dotnet-counters).</summary>
public sealed class EdgeMeters : IDisposable
{
    private readonly Meter _meter = new("Ringfence.Edge");
    private readonly Counter<long> _calls;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _strangers;
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _signed;

    /// <summary>Makes the instruments.</summary>
    public EdgeMeters()
    {
        _calls = _meter.CreateCounter<long>("ringfence.calls", "{call}", "New calls, by trunk and verdict");
        _refusals = _meter.CreateCounter<long>("ringfence.refusals", "{call}", "Refused calls, by status code");
        _strangers = _meter.CreateCounter<long>(
            "ringfence.strangers",
            "{call}",
            "Calls from addresses that belong to no trunk"
        );
        _verdicts = _meter.CreateCounter<long>(
            "ringfence.stir.verdicts",
            "{call}",
            "Verified calls, by outcome, signer, attestation and failed step"
        );
        _signed = _meter.CreateCounter<long>(
            "ringfence.stir.signed",
            "{call}",
            "Calls on their way out, by attestation and reason"
        );
    }

    /// <summary>A call's identity was looked at; null for the verdict where there was none to look at, or none in time.</summary>
    public void Verified(VerificationResult? result, VerificationOutcome outcome) =>
        _verdicts.Add(
            1,
            new("outcome", Word(outcome.ToString())),
            new("signer", KnownSigner(result) ?? "unknown"),
            new("attestation", (result?.Attestation ?? Attestation.None).ToString()),
            new("step", FailedStep(result) ?? "")
        );

    /// <summary>A call was signed, or not.</summary>
    public void Signed(SigningResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _signed.Add(1, new("attestation", result.Attestation.ToString()), new("reason", result.Reason.ToString()));
    }

    /// <summary>A call was decided.</summary>
    public void Decided(string trunk, string verdict) => _calls.Add(1, new("trunk", trunk), new("verdict", verdict));

    /// <summary>A call was refused.</summary>
    public void Refused(int statusCode) => _refusals.Add(1, new KeyValuePair<string, object?>("code", statusCode));

    /// <summary>A call came from nowhere known.</summary>
    public void Stranger() => _strangers.Add(1);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>A signer under a trusted root; what else calls itself one could fill the meter with names.</summary>
    private static string? KnownSigner(VerificationResult? result) =>
        result
            ?.Identities.FirstOrDefault(identity =>
                identity.Certificate is not null
                && (identity.HasPassed || FaultStatus.RuleOf(identity.Fault) > VerificationRule.Path)
            )
            ?.Certificate!.Signer;

    private static string? FailedStep(VerificationResult? result) =>
        result is { Outcome: VerificationOutcome.Failed or VerificationOutcome.Unavailable }
            ? result
                .Identities.Where(identity => !identity.HasPassed)
                .Select(identity => Word(FaultStatus.RuleOf(identity.Fault).ToString()))
                .FirstOrDefault()
            : null;

    private static string Word(string name) => name.ToLowerInvariant();
}
