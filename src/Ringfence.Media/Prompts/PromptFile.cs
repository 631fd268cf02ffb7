namespace Ringfence.Media.Prompts;

/// <summary>What stands in <c>prompts.json</c>.</summary>
internal sealed record PromptFile
{
    public Dictionary<string, Language> Languages { get; init; } = [];

    /// <summary>One language; a file of a user's may leave out what it takes from elsewhere.</summary>
    internal sealed record Language
    {
        public int Group { get; init; } = 3;

        public IReadOnlyList<string> Countries { get; init; } = [];

        public Dictionary<string, string> Words { get; init; } = [];

        public Dictionary<string, string> Phrases { get; init; } = [];
    }
}
