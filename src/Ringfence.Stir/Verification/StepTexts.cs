using System.Text.Json;

namespace Ringfence.Stir.Verification;

/// <summary>The words for steps and faults in the languages of the product.</summary>
public static class StepTexts
{
    private static readonly Lazy<JsonElement> Loaded = new(Load);

    /// <summary>The languages: English, French, Spanish, German.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr", "es", "de"];

    /// <summary>What a step requires.</summary>
    /// <param name="rule">The step.</param>
    /// <param name="language">One of <see cref="Languages"/>; any other is English.</param>
    public static string Title(VerificationRule rule, string language) => Text("rules", rule.ToString(), language);

    /// <summary>Where a step is required.</summary>
    /// <param name="rule">The step.</param>
    public static string Section(VerificationRule rule) =>
        Loaded.Value.GetProperty("rules").GetProperty(rule.ToString()).GetProperty("section").GetString()!;

    /// <summary>What a fault says.</summary>
    /// <param name="fault">Any fault but <see cref="Fault.None"/>.</param>
    /// <param name="language">One of <see cref="Languages"/>; any other is English.</param>
    public static string Finding(Fault fault, string language) => Text("faults", fault.ToString(), language);

    private static string Text(string table, string name, string language)
    {
        JsonElement texts = Loaded.Value.GetProperty(table).GetProperty(name);
        return texts.GetProperty(Languages.Contains(language) ? language : "en").GetString()!;
    }

    private static JsonElement Load()
    {
        using Stream stream = typeof(StepTexts).Assembly.GetManifestResourceStream("Ringfence.Stir.texts.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
