using System.Text.Json;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Web.Operate;

/// <summary>One Identity header of a recorded call, with the steps of its verification.</summary>
/// <param name="HasPassed">Whether it held.</param>
/// <param name="Signer">Who signed; may be empty.</param>
/// <param name="Certificate">Where its certificate was; may be empty.</param>
/// <param name="Steps">The steps.</param>
public sealed record StirIdentity(bool HasPassed, string Signer, string Certificate, IReadOnlyList<StirStep> Steps)
{
    /// <summary>The identities of a record, in a language; none where the text is not what an edge writes.</summary>
    internal static IReadOnlyList<StirIdentity> Read(string json, string language)
    {
        if (json.Length == 0)
        {
            return [];
        }

        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("identities", out JsonElement identities)
            ? [.. identities.EnumerateArray().Select(identity => Read(identity, language))]
            : [];
    }

    private static StirIdentity Read(JsonElement identity, string language) =>
        new(
            identity.GetProperty("passed").GetBoolean(),
            Text(identity, "signer"),
            Text(identity, "x5u"),
            [
                .. identity
                    .GetProperty("steps")
                    .EnumerateArray()
                    .Select(step => new StirStep(
                        Enum.TryParse(Text(step, "rule"), out VerificationRule rule)
                            ? StepTexts.Title(rule, language)
                            : Text(step, "title"),
                        Text(step, "section"),
                        Text(step, "input"),
                        Text(step, "outcome"),
                        Finding(step, identity, language),
                        step.GetProperty("microseconds").GetDouble()
                    )),
            ]
        );

    private static string Finding(JsonElement step, JsonElement identity, string language) =>
        Text(step, "finding") is not { Length: > 0 } written ? ""
        : Text(step, "outcome") == nameof(StepOutcome.Failed) && Enum.TryParse(Text(identity, "fault"), out Fault fault)
            ? StepTexts.Finding(fault, language)
        : written;

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
