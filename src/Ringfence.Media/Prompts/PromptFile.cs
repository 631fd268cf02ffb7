namespace Ringfence.Media.Prompts;

/// <summary>
/// What stands in <c>prompts.json</c>. Properties with set: generated readers give init ones that are absent no default.
/// </summary>
internal sealed record PromptFile
{
    public Dictionary<string, Language> Languages { get; set; } = [];

    /// <summary>One language; a file of a user's may leave out what it takes from elsewhere.</summary>
    internal sealed record Language
    {
        public int Group { get; set; } = 3;

        public IReadOnlyList<string> Countries { get; set; } = [];

        public Dictionary<string, string> Words { get; set; } = [];

        public Dictionary<string, string> Phrases { get; set; } = [];
    }
}
