using Ringfence.Media.Relay;

namespace Ringfence.Media.Prompts;

/// <summary>
/// Plays a phrase, once or several times. To let a digit barge in, let the relay play something else: what is replaced
/// falls silent at once and never tells of its end.
/// </summary>
/// <param name="phrase">The phrase.</param>
/// <param name="times">How often; 0 is for ever.</param>
/// <param name="lead">Silence before the first time: the first packets of a call are often lost.</param>
/// <param name="pause">Silence between two times.</param>
/// <param name="ended">Told once, on the clock's thread, that the phrase was played to its end.</param>
public sealed class PhraseSource(
    Phrase phrase,
    int times = 1,
    TimeSpan lead = default,
    TimeSpan pause = default,
    Action? ended = null
) : IAudioSource
{
    private (ReadOnlyMemory<short> Samples, int Length)[] _pieces = [];
    private int _pause;
    private int _silence;
    private int _piece;
    private int _position;
    private int _played;

    /// <inheritdoc/>
    public void Start(int sampleRate)
    {
        _pieces = phrase.At(sampleRate);
        _silence = (int)(lead.TotalSeconds * sampleRate);
        _pause = (int)(pause.TotalSeconds * sampleRate);
        (_piece, _position, _played) = (0, 0, 0);
    }

    /// <inheritdoc/>
    public bool Read(Span<short> samples)
    {
        samples.Clear();
        while (!samples.IsEmpty)
        {
            if (_silence > 0)
            {
                var count = Math.Min(_silence, samples.Length);
                _silence -= count;
                samples = samples[count..];
            }
            else if (_piece < _pieces.Length)
            {
                samples = samples[Copy(samples)..];
            }
            else if (++_played == times || phrase.Duration == TimeSpan.Zero)
            {
                ended?.Invoke();
                return false;
            }
            else
            {
                (_piece, _silence) = (0, _pause);
            }
        }
        return true;
    }

    /// <summary>Gives what is left of the present piece, as far as there is room.</summary>
    private int Copy(Span<short> samples)
    {
        var (word, length) = _pieces[_piece];
        var count = Math.Min(samples.Length, length - _position);
        if (_position < word.Length)
        {
            count = Math.Min(count, word.Length - _position);
            word.Span.Slice(_position, count).CopyTo(samples);
        }
        _position += count;
        if (_position == length)
        {
            _piece++;
            _position = 0;
        }
        return count;
    }
}
