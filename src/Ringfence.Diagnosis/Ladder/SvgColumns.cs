namespace Ringfence.Diagnosis.Ladder;

/// <summary>
/// Where the columns of a ladder stand: evenly, but for the room that early dialogs take at the right of theirs and brackets at the left, so
/// that words on arrows lie beside them.
/// </summary>
internal sealed class SvgColumns
{
    public const double LetterWidth = 8.6;
    private const int LaneStep = 10;
    private const int BracketStep = 21;
    private const int Margin = 64;
    private readonly int[] _at;
    private readonly int[] _lanes;
    private readonly int[] _brackets;

    public SvgColumns(CallLadder ladder, bool isBeside)
    {
        Gap = (ladder.Hosts.Count, isBeside) switch
        {
            (<= 2, false) => 360,
            (<= 2, true) => 330,
            (3, false) => 280,
            (<= 5, false) => 236,
            (3, true) => 220,
            (<= 8, _) => 208,
            _ => 168,
        };
        _at = new int[ladder.Hosts.Count];
        _lanes = new int[_at.Length];
        _brackets = new int[_at.Length];
        foreach (var (host, lanes) in ladder.Forks.CountBy(fork => fork.Host))
        {
            _lanes[host] = 8 + (lanes * LaneStep);
        }

        foreach (var brackets in ladder.Brackets.GroupBy(bracket => bracket.Host))
        {
            _brackets[brackets.Key] = (AtOnce([.. brackets]) * BracketStep) + 4;
        }

        var first = _at.Length == 0 ? 0 : HalfName(ladder.Hosts[0]);
        var x = SvgLayout.Rail + Math.Max(Margin, first - SvgLayout.Rail + 4);
        for (var i = 0; i < _at.Length; i++)
        {
            x += i == 0 ? 0 : Gap + _lanes[i - 1] + _brackets[i];
            _at[i] = x;
        }

        Right = _at.Length == 0 ? x : x + HalfName(ladder.Hosts[^1]) + 4;
    }

    public int Gap { get; }

    /// <summary>How many letters of a name have room above a column.</summary>
    public int NameLength => (int)((Gap - 14) / LetterWidth);

    /// <summary>Where the name of the last column ends.</summary>
    public int Right { get; }

    public int At(int column) => _at.Length == 0 ? Right : _at[column];

    /// <summary>The room that the early dialogs of a column take up at its right.</summary>
    public int Lanes(int column) => _lanes.Length == 0 ? 0 : _lanes[column];

    /// <summary>The room that the brackets of a column take up at its left.</summary>
    public int Brackets(int column) => _brackets.Length == 0 ? 0 : _brackets[column];

    /// <summary>The room between two columns in which words stand free.</summary>
    public (double Left, double Right) Between(int left, int right) =>
        (At(left) + Lanes(left), At(right) - _brackets[right]);

    private int HalfName(LadderHost host)
    {
        var name = Math.Min(NameLength, Math.Max(host.Name.Length, host.Address.Length)) * LetterWidth;
        return (int)(Math.Max(name, Math.Min(Gap - 14, SvgWriter.Width(host.Product, isLight: true))) / 2);
    }

    private static int AtOnce(List<LadderBracket> brackets) =>
        brackets.Max(one =>
            brackets.Count(other =>
                other.Start <= one.Start && (other.End ?? other.Until ?? TimeSpan.MaxValue) >= one.Start
            )
        );
}
