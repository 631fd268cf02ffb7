using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rules.Conditions;

/// <summary>
/// What a text or a party is compared with: a number, <c>+33199*</c>, <c>+33199001000..+33199001999</c>, a glob with * and ?, or
/// <c>/a regular expression/</c>. Expressions run without backtracking on at most 256 characters: no text can make them slow.
/// </summary>
internal sealed class Pattern
{
    public const int MaxExpression = 200;
    private const int MaxSubject = 256;

    private readonly PatternKind _kind;
    private readonly PhoneNumber _low;
    private readonly PhoneNumber _high;
    private readonly Regex? _regex;

    private Pattern(
        string text,
        PatternKind kind,
        PhoneNumber low = default,
        PhoneNumber high = default,
        Regex? regex = null
    )
    {
        Text = text;
        _kind = kind;
        _low = low;
        _high = high;
        _regex = regex;
    }

    public string Text { get; }

    /// <summary>The number or prefix under which an index can file it, or none.</summary>
    public PhoneNumber Stem => _kind is PatternKind.Number or PatternKind.Prefix ? _low : default;

    /// <summary>The number and every prefix of it: a pattern within which this one lies has one of them for its stem.</summary>
    public IEnumerable<PhoneNumber> Stems => Enumerable.Range(1, _low.Length).Select(_low.Prefix);

    /// <summary>True when it matches one text only.</summary>
    public bool IsLiteral =>
        _kind is PatternKind.Number || (_kind == PatternKind.Glob && Text.AsSpan().IndexOfAny("*?\\") < 0);

    /// <summary>Reads a pattern; null with the fault, in words, where it is none.</summary>
    public static Pattern? Parse(string text, bool ofParty, out string? fault)
    {
        fault = null;
        if (text is ['/', .., '/'] && text.Length > 1)
        {
            return ParseExpression(text, out fault);
        }

        if (text.Length is 0 or > MaxSubject)
        {
            fault = $"a pattern has 1 to {MaxSubject} characters";
            return null;
        }

        if (!ofParty)
        {
            return new Pattern(text, PatternKind.Glob);
        }

        if (
            text.IndexOf("..", StringComparison.Ordinal) is var dots and > 0
            && !text.Contains('@', StringComparison.Ordinal)
        )
        {
            var isRange =
                PhoneNumber.TryParse(text.AsSpan(0, dots), out var from)
                & PhoneNumber.TryParse(text.AsSpan(dots + 2), out var to);
            fault =
                isRange && from.DistanceTo(to) >= 0 ? null : "a range is two numbers of one length, the lower first";
            return fault is null ? new Pattern(text, PatternKind.Range, from, to) : null;
        }

        if (text[^1] == '*' && PhoneNumber.TryParse(text.AsSpan(0, text.Length - 1), out var prefix))
        {
            return new Pattern(text, PatternKind.Prefix, prefix);
        }

        return PhoneNumber.TryParse(text, out var number)
            ? new Pattern(text, PatternKind.Number, number)
            : new Pattern(text, PatternKind.Glob);
    }

    public bool Matches(in Party party) =>
        _kind switch
        {
            PatternKind.Number => party.Number == _low,
            PatternKind.Prefix => !party.Number.IsNone && party.Number.Prefix(_low.Length) == _low,
            PatternKind.Range => _low.DistanceTo(party.Number) >= 0 && party.Number.DistanceTo(_high) >= 0,
            _ => Matches(party.Text),
        };

    public bool Matches(string text) =>
        _kind == PatternKind.Expression
            ? _regex!.IsMatch(text.AsSpan(0, Math.Min(text.Length, MaxSubject)))
            : FileSystemName.MatchesSimpleExpression(Text, text.AsSpan(0, Math.Min(text.Length, MaxSubject)));

    /// <summary>True when whatever this matches, the other matches too.</summary>
    public bool IsWithin(Pattern other) =>
        string.Equals(Text, other.Text, StringComparison.Ordinal)
        || other._kind switch
        {
            PatternKind.Glob => string.Equals(other.Text, "*", StringComparison.Ordinal)
                || (IsLiteral && other.Matches(Text)),
            PatternKind.Prefix => !_low.IsNone
                && _low.Length >= other._low.Length
                && _low.Prefix(other._low.Length) == other._low
                && (_kind != PatternKind.Range || _high.Prefix(other._low.Length) == other._low),
            PatternKind.Range => _kind is PatternKind.Number or PatternKind.Range
                && other._low.DistanceTo(_low) >= 0
                && (_kind == PatternKind.Number ? _low : _high).DistanceTo(other._high) >= 0,
            _ => false,
        };

    private static Pattern? ParseExpression(string text, out string? fault)
    {
        fault = text.Length > MaxExpression + 2 ? $"a regular expression has at most {MaxExpression} characters" : null;
        if (fault is not null)
        {
            return null;
        }

        try
        {
            const RegexOptions Options =
                RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
            return new Pattern(text, PatternKind.Expression, regex: new Regex(text[1..^1], Options));
        }
        catch (NotSupportedException)
        {
            fault = "look-around, back references and very large repeats are not to be had without backtracking";
        }
        catch (ArgumentException e)
        {
            fault = e.Message;
        }

        return null;
    }
}
