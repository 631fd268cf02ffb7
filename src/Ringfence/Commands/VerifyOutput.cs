using System.Text;
using System.Text.Json;
using Ringfence.Output;
using Ringfence.Stir.Verification;

namespace Ringfence.Commands;

/// <summary>What <c>ringfence verify</c> prints: every step of every identity, then the verdict.</summary>
internal static class VerifyOutput
{
    /// <summary>Prints it.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="language">Of the steps.</param>
    /// <param name="asJson">For scripts.</param>
    /// <param name="isUnbound">Whether caller or called were taken from the token.</param>
    internal static void Print(VerificationResult result, string language, bool asJson, bool isUnbound)
    {
        if (asJson)
        {
            using Stream output = Console.OpenStandardOutput();
            using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
            {
                Explanation.WriteJson(writer, result, language);
            }

            output.Write("\n"u8);
            return;
        }

        for (int at = 0; at < result.Identities.Count; at++)
        {
            IdentityResult identity = result.Identities[at];
            string kind = identity.Passport is { } passport ? $" {passport.Type}" : "";
            Console.WriteLine(Terminal.Bold($"Identity {at + 1}{kind}"));
            foreach (StepExplanation step in Explanation.Steps(result, identity, language))
            {
                Print(step);
            }
        }

        Console.WriteLine(Verdict(result));
        if (isUnbound)
        {
            Console.WriteLine(
                Terminal.Dim(
                    "orig and dest were taken from the token itself: --from and --to check them against the call"
                )
            );
        }
    }

    private static void Print(StepExplanation step)
    {
        string outcome = step.Outcome switch
        {
            StepOutcome.Held => Terminal.Good("holds "),
            StepOutcome.Warned => "warns ",
            _ => Terminal.Bad("FAILS "),
        };
        Console.WriteLine($"{step.Number, 3}  {outcome}  {step.Title} ({step.Section})");
        if (step.Input.Length > 0)
        {
            Console.WriteLine(Terminal.Dim($"             {step.Input}"));
        }

        if (step.Finding is { } finding)
        {
            Console.WriteLine($"             {finding}");
        }
    }

    private static string Verdict(VerificationResult result)
    {
        StringBuilder text = new(
            result.Outcome == VerificationOutcome.Passed
                ? Terminal.Good("passed")
                : Terminal.Bad(result.Outcome.ToString().ToLowerInvariant())
        );
        text.Append(
            result.Outcome == VerificationOutcome.Passed
                ? $": attestation {result.Attestation}, signed by {result.Signer}"
                : ""
        );
        text.Append(result.Status is { } status ? $": {status.Code} {status.Phrase}" : "");
        return text.Append($"; verstat={result.Verstat}").ToString();
    }
}
