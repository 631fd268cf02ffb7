using System.Text;

namespace Ringfence.Output;

/// <summary>
/// Writes drawings and arrows with ASCII alone, one character for one so that columns keep their places; letters of languages stay as they are.
/// </summary>
internal sealed class AsciiWriter(TextWriter output) : TextWriter
{
    private const string Drawn = "│║┃├┤▶◀◆─┄░·×…→←≈–−⋯█§’“”";
    private const string Plain = "|#!||><o-.~.x~><~--~#s'\"\"";

    /// <inheritdoc/>
    public override Encoding Encoding => output.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => output.Write(Of(value));

    /// <inheritdoc/>
    public override void Write(string? value) =>
        output.Write(value is null ? null : string.Create(value.Length, value, Replace));

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        Write(value);
        output.WriteLine();
    }

    /// <inheritdoc/>
    public override void Flush() => output.Flush();

    private static void Replace(Span<char> to, string from)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = Of(from[i]);
        }
    }

    private static char Of(char letter) =>
        Drawn.IndexOf(letter, StringComparison.Ordinal) is >= 0 and int at ? Plain[at] : letter;
}
