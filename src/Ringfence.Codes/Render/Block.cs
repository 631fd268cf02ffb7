namespace Ringfence.Codes;

/// <summary>A piece of a rendered text, before it is known whether it becomes plain text or Markdown.</summary>
internal abstract record Block
{
    internal sealed record Heading(int Level, string Text) : Block;

    internal sealed record Paragraph(string Text) : Block;

    internal sealed record Items(IReadOnlyList<string> Texts, bool Numbered = false) : Block;

    /// <summary>Rows of equal length; the first is the head.</summary>
    internal sealed record Table(IReadOnlyList<IReadOnlyList<string>> Rows, Language Language) : Block;

    /// <summary>Lines that keep their shape, made for a width.</summary>
    internal sealed record Shaped(Func<int, IReadOnlyList<string>> Lines) : Block;
}
