namespace Ringfence.Media.Dtmf;

/// <summary>
/// Makes one stream of digits out of several: a peer that sends a digit as an event, in the audio and by INFO means it
/// once. A digit is taken from whichever way brings it first. Not thread-safe.
/// </summary>
public sealed class DtmfDeduplicator
{
    /// <summary>How long after a press was last noticed the same digit by another way is taken for the same press.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(700);

    private const int Remembered = 8;

    private readonly Press[] _presses = new Press[Remembered];
    private int _next;

    /// <summary>Whether a digit is a new press.</summary>
    public bool IsNew(DtmfDigit digit)
    {
        var seen = 1 << (int)digit.Source;
        for (var i = 0; i < _presses.Length; i++)
        {
            ref var press = ref _presses[i];
            var isRecent = press.SeenBy != 0 && digit.At - press.At <= Window;
            if (isRecent && press.Digit == digit.Digit && (press.SeenBy & seen) == 0)
            {
                press = press with { SeenBy = press.SeenBy | seen };
                return false;
            }
        }
        _presses[_next] = new Press(digit.Digit, digit.At, seen);
        _next = (_next + 1) % Remembered;
        return true;
    }

    /// <summary>The key is still held: by another way the press may be told of when it ends.</summary>
    public void Held(char digit, TimeSpan now)
    {
        for (var i = 1; i <= Remembered; i++)
        {
            ref var press = ref _presses[(_next - i + Remembered) % Remembered];
            if (press.SeenBy != 0 && press.Digit == digit)
            {
                press = press with { At = now };
                return;
            }
        }
    }

    private readonly record struct Press(char Digit, TimeSpan At, int SeenBy);
}
