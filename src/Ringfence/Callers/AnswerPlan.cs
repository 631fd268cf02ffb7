namespace Ringfence.Callers;

/// <summary>What a test callee does with every call.</summary>
internal sealed record AnswerPlan
{
    /// <summary>Sends this provisional response at once; 0 for none.</summary>
    internal int Progress { get; init; } = 180;

    /// <summary>With its SDP, and media from then on.</summary>
    internal bool EarlyMedia { get; init; }

    /// <summary>With media in an early session, where the caller understands those (RFC 3959).</summary>
    internal bool EarlySession { get; init; }

    /// <summary>Then, after this time, the final response.</summary>
    internal TimeSpan After { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>200 answers; 300 to 699 refuses; 0 lets it ring.</summary>
    internal int Final { get; init; } = 200;

    /// <summary>Reason phrase of a refusal; empty for the RFC's.</summary>
    internal string Phrase { get; init; } = "";

    /// <summary>Country whose ringback is the early media (ISO 3166).</summary>
    internal string Ringback { get; init; } = "US";

    /// <summary>Samples at 8 kHz that are played instead of the ringback; null for the ringback.</summary>
    internal short[]? Play { get; init; }

    /// <summary>The key that is pressed after the answer; null for none.</summary>
    internal char? Press { get; init; }

    /// <summary>When it is pressed, after the answer.</summary>
    internal TimeSpan PressAfter { get; init; }
}
