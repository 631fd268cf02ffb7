using System.Globalization;

namespace Ringfence.Codes;

/// <summary>Two different codes, the lower one first, whatever order they were given in.</summary>
public readonly record struct CodePair
{
    /// <summary>Puts two codes in order.</summary>
    /// <param name="one">A status code.</param>
    /// <param name="other">Another status code.</param>
    /// <exception cref="ArgumentException">Both are the same.</exception>
    public CodePair(int one, int other)
    {
        if (one == other)
        {
            throw new ArgumentException($"a code is not compared with itself ({one})", nameof(other));
        }
        (Lower, Higher) = one < other ? (one, other) : (other, one);
    }

    /// <summary>The lower code.</summary>
    public int Lower { get; }

    /// <summary>The higher code.</summary>
    public int Higher { get; }

    /// <summary>The pair as in addresses: <c>183-vs-607</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Lower}-vs-{Higher}");

    internal string TextFile(string language) => $"{Folder(language)}{Lower}-{Higher}.json";

    internal static IEnumerable<CodePair> Written(string language) =>
        DataFile
            .Names(Folder(language))
            .Select(name => name[Folder(language).Length..^".json".Length].Split('-'))
            .Select(codes => new CodePair(
                int.Parse(codes[0], CultureInfo.InvariantCulture),
                int.Parse(codes[1], CultureInfo.InvariantCulture)
            ));

    private static string Folder(string language) => $"codes/pairs/{language}/";
}
