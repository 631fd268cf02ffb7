namespace Ringfence.Media.Prompts;

/// <summary>Recorded words in the order in which a language says them. Play it with a <see cref="PhraseSource"/>.</summary>
public sealed class Phrase
{
    private readonly (Recording? Word, TimeSpan Pause)[] _parts;

    internal Phrase(string language, string text, (Recording? Word, TimeSpan Pause)[] parts)
    {
        Language = language;
        Text = text;
        _parts = parts;
    }

    /// <summary>The language, as <see cref="PromptLibrary.Languages"/> names it.</summary>
    public string Language { get; }

    /// <summary>What is said; the names of words whose text is not known.</summary>
    public string Text { get; }

    /// <summary>How long it is, pauses included.</summary>
    public TimeSpan Duration =>
        _parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + (part.Word?.Duration ?? TimeSpan.Zero) + part.Pause);

    /// <summary>The samples of each part and its length with the pause behind it.</summary>
    internal (ReadOnlyMemory<short> Samples, int Length)[] At(int sampleRate)
    {
        var pieces = new (ReadOnlyMemory<short>, int)[_parts.Length];
        for (var i = 0; i < pieces.Length; i++)
        {
            var samples = _parts[i].Word?.At(sampleRate) ?? default;
            pieces[i] = (samples, samples.Length + (int)(_parts[i].Pause.TotalSeconds * sampleRate));
        }
        return pieces;
    }
}
