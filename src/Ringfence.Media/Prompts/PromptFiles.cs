using System.Reflection;
using System.Text.Json;
using Ringfence.Media.Wav;

namespace Ringfence.Media.Prompts;

/// <summary>Reads prompts: those embedded in the library, and over them those of a folder.</summary>
internal static class PromptFiles
{
    private const string TextFile = "prompts.json";
    private const string Prefix = "prompts/";

    public static PromptLibrary Load(string? folder, List<PromptFault> faults)
    {
        var assembly = typeof(PromptFiles).Assembly;
        var languages = Parse(Embedded(assembly, Prefix + TextFile)).Languages;
        var recordings = new Dictionary<(string Language, string Word), Recording>();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            // prompts/LANGUAGE/WORD.wav
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".wav", StringComparison.Ordinal))
            {
                var parts = name.Split('/');
                Add(recordings, parts[1], parts[2][..^4], Embedded(assembly, name));
            }
        }
        if (folder is not null)
        {
            AddTexts(Path.Combine(folder, TextFile), languages, faults);
            AddRecordings(folder, recordings, faults);
            CheckPhrases(folder, languages, recordings, faults);
        }
        return new PromptLibrary(languages, recordings);
    }

    private static void AddTexts(
        string path,
        Dictionary<string, PromptFile.Language> languages,
        List<PromptFault> faults
    )
    {
        if (!File.Exists(path))
        {
            return;
        }
        try
        {
            foreach (var (name, language) in Parse(File.ReadAllBytes(path)).Languages)
            {
                languages[name] = languages.TryGetValue(name, out var known) ? Over(known, language) : language;
            }
        }
        catch (JsonException exception)
        {
            faults.Add(new PromptFault(path, exception.Message));
        }
    }

    private static PromptFile.Language Over(PromptFile.Language known, PromptFile.Language own)
    {
        foreach (var (word, text) in own.Words)
        {
            known.Words[word] = text;
        }
        foreach (var (phrase, words) in own.Phrases)
        {
            known.Phrases[phrase] = words;
        }
        return known with { Group = own.Group, Countries = [.. known.Countries, .. own.Countries] };
    }

    private static void AddRecordings(
        string folder,
        Dictionary<(string Language, string Word), Recording> recordings,
        List<PromptFault> faults
    )
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.wav", SearchOption.AllDirectories).Order())
        {
            var language = Path.GetFileName(Path.GetDirectoryName(path))!;
            var fault =
                new FileInfo(path).Length > WavFile.MaxBytes
                    ? WavFault.TooLong
                    : Add(recordings, language, Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path));
            if (fault != WavFault.None)
            {
                faults.Add(new PromptFault(path, $"It is no WAV that can be played: {fault}."));
            }
        }
    }

    /// <summary>A phrase of which a word is missing is a mistake to be told of now, not when a caller waits for it.</summary>
    private static void CheckPhrases(
        string folder,
        Dictionary<string, PromptFile.Language> languages,
        Dictionary<(string Language, string Word), Recording> recordings,
        List<PromptFault> faults
    )
    {
        foreach (var (name, language) in languages)
        {
            var missing = language
                .Phrases.Values.SelectMany(phrase => phrase.Split(' '))
                .Where(word => word is not "|" && !word.StartsWith('{') && !recordings.ContainsKey((name, word)))
                .Distinct();
            foreach (var word in missing)
            {
                faults.Add(new PromptFault(Path.Combine(folder, name, word + ".wav"), "A phrase needs this word."));
            }
        }
    }

    private static WavFault Add(
        Dictionary<(string Language, string Word), Recording> recordings,
        string language,
        string word,
        byte[] bytes
    )
    {
        var fault = WavFile.Read(bytes, out var file);
        if (fault == WavFault.None)
        {
            recordings[(language, word)] = new Recording(file!);
        }
        return fault;
    }

    private static PromptFile Parse(byte[] json) =>
        JsonSerializer.Deserialize(json, PromptJson.Default.PromptFile) is { } file
        && !file.Languages.ContainsValue(null!)
            ? file
            : throw new JsonException("null stands where a language is to be.");

    private static byte[] Embedded(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
