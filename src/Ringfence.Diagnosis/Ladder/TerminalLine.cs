using System.Text;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>One line of a terminal: characters with their colours. What would stand outside it is left out.</summary>
internal sealed class TerminalLine
{
    private const string Reset = "\e[0m";
    private readonly char[] _text;
    private readonly LadderTone?[] _tones;

    public TerminalLine(int width)
    {
        _text = new char[Math.Max(0, width)];
        _tones = new LadderTone?[_text.Length];
        Array.Fill(_text, ' ');
    }

    public int Width => _text.Length;

    public void Put(int at, char letter, LadderTone? tone = null)
    {
        if (at >= 0 && at < _text.Length)
        {
            (_text[at], _tones[at]) = (letter, tone);
        }
    }

    public void Put(int at, string text, LadderTone? tone = null)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Put(at + i, char.IsControl(text[i]) ? ' ' : text[i], tone);
        }
    }

    public string ToString(bool colours)
    {
        int length = _text.AsSpan().TrimEnd(' ').Length;
        if (!colours)
        {
            return new string(_text, 0, length);
        }

        StringBuilder line = new();
        LadderTone? current = null;
        for (int i = 0; i < length; i++)
        {
            if (_tones[i] != current)
            {
                line.Append(current is null ? "" : Reset).Append(_tones[i] is { } tone ? Ansi(tone) : "");
                current = _tones[i];
            }

            line.Append(_text[i]);
        }

        return line.Append(current is null ? "" : Reset).ToString();
    }

    /// <summary>The sequence that begins a colour.</summary>
    public static string Ansi(LadderTone tone) =>
        tone switch
        {
            LadderTone.Provisional => "\e[34m",
            LadderTone.Success => "\e[32m",
            LadderTone.Redirect => "\e[35m",
            LadderTone.RequestFailure => "\e[33m",
            LadderTone.ServerFailure => "\e[38;5;208m",
            LadderTone.GlobalFailure => "\e[31m",
            LadderTone.Media => "\e[36m",
            _ => "\e[1m",
        };
}
