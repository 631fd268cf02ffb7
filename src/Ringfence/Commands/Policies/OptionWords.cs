using System.CommandLine;
using System.Text.Json;

namespace Ringfence.Commands.Policies;

/// <summary>Options whose value is one of a few words: those that policies write for the facts.</summary>
internal sealed class OptionWords(ParseResult parsed, List<string> faults)
{
    /// <summary>The value of the option; a fault where it is no word of the type.</summary>
    internal T One<T>(Option<string?> option, T otherwise)
        where T : struct, Enum =>
        parsed.GetValue(option) is { } word && Find<T>(option.Name, word) is { } value ? value : otherwise;

    /// <summary>All values of the option together.</summary>
    internal T Any<T>(Option<string[]> option, T otherwise)
        where T : struct, Enum
    {
        string[] words = parsed.GetValue(option)!;
        if (words.Length == 0)
        {
            return otherwise;
        }

        int bits = 0;
        foreach (string word in words.SelectMany(word => word.Split(',', ';')))
        {
            bits |= Find<T>(option.Name, word.Trim()) is { } value
                ? Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)
                : 0;
        }

        return (T)Enum.ToObject(typeof(T), bits);
    }

    private T? Find<T>(string option, string word)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (Spell(value).Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        faults.Add($"{option} {word}: one of {string.Join(", ", Enum.GetValues<T>().Select(Spell))}");
        return null;
    }

    private static string Spell<T>(T value)
        where T : struct, Enum
    {
        string name = value.ToString();
        return name.Length == 1 ? name : JsonNamingPolicy.KebabCaseLower.ConvertName(name);
    }
}
