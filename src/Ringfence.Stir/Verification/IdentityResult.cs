using System.Text;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Verification;

/// <summary>What verification found of one Identity header.</summary>
public sealed class IdentityResult
{
    private readonly List<VerificationStep> _steps;

    internal IdentityResult(IdentityCheck check)
    {
        _steps = check.Steps;
        Token = check.Header.Token;
        Value = check.Value;
        Passport = check.Passport;
        Fault = check.Fault;
        Certificate = check.Lookup.Path?.Leaf;
    }

    /// <summary>The header's value as received.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>The PASSporT, when it could be read. Its claims are the signer's word only if <see cref="HasPassed"/>.</summary>
    public PassportToken? Passport { get; }

    /// <summary>What failed, or <see cref="Verification.Fault.None"/>.</summary>
    public Fault Fault { get; }

    /// <summary>The signer's certificate, when it was had.</summary>
    public StirCertificate? Certificate { get; }

    /// <summary>The steps that were taken, in their order; the last one failed unless the token passed.</summary>
    public IReadOnlyList<VerificationStep> Steps => _steps;

    /// <summary>Whether every step held.</summary>
    public bool HasPassed => Fault == Fault.None;

    /// <summary>Whether the header is of a kind that is ignored (RFC 8224 §6.2 step 1).</summary>
    public bool IsIgnored => Fault == Fault.PptUnsupported;

    /// <summary>The status that the fault earns; null when the token passed.</summary>
    public FaultStatus? Status => HasPassed ? null : FaultStatus.Of(Fault);

    /// <summary>
    /// The value of a Reason header that tells the signer (RFC 9410): protocol STIR, cause, text, and the token's compact form as "ppi",
    /// which gives away nothing that the token claims. Null when the token passed.
    /// </summary>
    public string? Reason
    {
        get
        {
            if (Status is not { } status)
            {
                return null;
            }

            string reason = $"STIR ;cause={status.Code} ;text=\"{status.Phrase}\"";
            int dot = Token.Span.LastIndexOf((byte)'.');
            return Passport is null || dot < 0
                ? reason
                : $"{reason} ;ppi=\"..{Encoding.ASCII.GetString(Token.Span[(dot + 1)..])}\"";
        }
    }

    internal ReadOnlyMemory<byte> Token { get; }
}
