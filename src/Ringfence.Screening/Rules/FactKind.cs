namespace Ringfence.Screening.Rules;

/// <summary>How a condition on a fact is written.</summary>
internal enum FactKind : byte
{
    /// <summary>Not something that a policy can ask for.</summary>
    None,

    /// <summary>A party: numbers, prefixes, ranges, globs, regular expressions.</summary>
    Party,

    /// <summary>Names of lists.</summary>
    List,

    /// <summary>One or more words out of a fixed set.</summary>
    Word,

    /// <summary>Free text: globs and regular expressions.</summary>
    Text,

    /// <summary>A comparison with a number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Days and times.</summary>
    Schedule,
}
