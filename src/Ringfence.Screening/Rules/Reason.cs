using System.Text.Json.Serialization;

namespace Ringfence.Screening.Rules;

/// <summary>One reason of a verdict: the fact that it rests on, and the rule that asked.</summary>
public readonly record struct Reason
{
    /// <summary>The rule's name; "" for what the order of screening itself decides.</summary>
    public string Rule { get; init; }

    /// <summary>The fact.</summary>
    public FactName Fact { get; init; }

    /// <summary>What was so.</summary>
    public string Observed { get; init; }

    /// <summary>What the rule asked for; "" where there was nothing to ask.</summary>
    public string Expected { get; init; }

    /// <summary>What the rule's author wrote, by language; null where nothing.</summary>
    public LocalText? Because { get; init; }

    /// <summary>True where the rule asked for the contrary.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Negated { get; init; }

    /// <summary>The reason as a sentence in "en", "fr", "es" or "de"; English for any other language.</summary>
    public string Text(string language = "en") => ReasonTexts.Sentence(this, language);
}
