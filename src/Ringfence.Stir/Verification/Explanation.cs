using System.Text;
using System.Text.Json;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Verification;

/// <summary>A verdict as a list of numbered steps: in words, and as JSON.</summary>
public static class Explanation
{
    private const int LongestInput = 120;

    /// <summary>The steps of one identity.</summary>
    /// <param name="result">The verdict.</param>
    /// <param name="identity">One of its identities.</param>
    /// <param name="language">A language of <see cref="StepTexts.Languages"/>.</param>
    public static IReadOnlyList<StepExplanation> Steps(
        VerificationResult result,
        IdentityResult identity,
        string language
    )
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(identity);
        return
        [
            .. identity.Steps.Select(
                (step, at) =>
                    new StepExplanation(
                        at + 1,
                        step.Rule,
                        StepTexts.Section(step.Rule),
                        StepTexts.Title(step.Rule, language),
                        Input(step.Rule, result, identity),
                        step.Outcome,
                        step.Fault == Fault.None ? null : StepTexts.Finding(step.Fault, language),
                        step.Fault,
                        step.Elapsed
                    )
            ),
        ];
    }

    /// <summary>Writes the whole verdict as one JSON object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">The verdict.</param>
    /// <param name="language">A language of <see cref="StepTexts.Languages"/>.</param>
    public static void WriteJson(Utf8JsonWriter writer, VerificationResult result, string language)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);
        writer.WriteStartObject();
        writer.WriteString("outcome", result.Outcome.ToString());
        writer.WriteString("verstat", result.Verstat);
        WriteStatus(writer, result.Status);
        WriteOptional(
            writer,
            "attestation",
            result.Attestation == Attestation.None ? null : result.Attestation.ToString()
        );
        WriteOptional(writer, "origid", result.OrigId);
        WriteOptional(writer, "signer", result.Signer);
        writer.WriteString("verifiedAt", result.VerifiedAt);
        writer.WriteStartArray("identities");
        foreach (IdentityResult identity in result.Identities)
        {
            WriteIdentity(writer, result, identity, language);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteIdentity(
        Utf8JsonWriter writer,
        VerificationResult result,
        IdentityResult identity,
        string language
    )
    {
        writer.WriteStartObject();
        writer.WriteBoolean("passed", identity.HasPassed);
        WriteStatus(writer, identity.Status);
        WriteOptional(writer, "fault", identity.HasPassed ? null : identity.Fault.ToString());
        WriteOptional(writer, "type", identity.Passport?.Type.ToString());
        WriteOptional(writer, "x5u", identity.Passport?.X5u);
        WriteOptional(writer, "signer", identity.Certificate?.Signer);
        WriteOptional(writer, "reason", identity.Reason);
        writer.WriteStartArray("steps");
        foreach (StepExplanation step in Steps(result, identity, language))
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", step.Number);
            writer.WriteString("rule", step.Rule.ToString());
            writer.WriteString("section", step.Section);
            writer.WriteString("title", step.Title);
            writer.WriteString("input", step.Input);
            writer.WriteString("outcome", step.Outcome.ToString());
            WriteOptional(writer, "finding", step.Finding);
            writer.WriteNumber("microseconds", step.Elapsed.TotalMicroseconds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter writer, FaultStatus? status)
    {
        if (status is { } known)
        {
            writer.WriteNumber("status", known.Code);
            writer.WriteString("phrase", known.Phrase);
        }
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static string Input(VerificationRule rule, VerificationResult result, IdentityResult identity)
    {
        PassportClaims? claims = identity.Passport?.Claims;
        string text = rule switch
        {
            VerificationRule.Header or VerificationRule.Token or VerificationRule.Jose => Encoding.UTF8.GetString(
                identity.Value.Span
            ),
            _ when claims is null => Encoding.UTF8.GetString(identity.Value.Span),
            VerificationRule.Claims => Describe(claims, identity.Passport!.Type),
            VerificationRule.Freshness => $"iat {claims.IssuedAt}, now {result.VerifiedAt.ToUnixTimeSeconds()}",
            VerificationRule.Originator => $"orig {claims.Orig}, caller {string.Join(" | ", result.Call.Callers)}",
            VerificationRule.Destination =>
                $"dest {string.Join(" ", claims.Dest)}, called {result.Call.Target}, To {result.Call.To}",
            VerificationRule.Diversion =>
                $"div {claims.Div} to {string.Join(" ", claims.Dest)}, called {result.Call.Target}",
            VerificationRule.Location or VerificationRule.Credential => identity.Passport!.X5u,
            VerificationRule.Path or VerificationRule.Revocation => identity.Certificate?.Certificate.Subject ?? "",
            VerificationRule.Profile => string.Join(", ", identity.Certificate?.Departures ?? []),
            VerificationRule.Authority => $"{claims.Div ?? claims.Orig} by {identity.Certificate?.Signer}",
            VerificationRule.Replay => $"{claims.OrigId} {claims.Orig} {claims.IssuedAt}",
            _ => identity.Certificate?.Signer ?? "",
        };
        if (text.Length <= LongestInput)
        {
            return text;
        }

        // Half of a surrogate pair is no text that JSON could hold.
        int length = char.IsHighSurrogate(text[LongestInput - 1]) ? LongestInput - 1 : LongestInput;
        return string.Concat(text.AsSpan(0, length), "…");
    }

    private static string Describe(PassportClaims claims, PassportType type)
    {
        string attest = claims.Attest == Attestation.None ? "" : $" attest {claims.Attest}";
        return $"{type}{attest} orig {claims.Orig} dest {string.Join(" ", claims.Dest)}";
    }
}
