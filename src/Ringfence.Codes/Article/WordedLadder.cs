namespace Ringfence.Codes;

/// <summary>A typical exchange, in a language.</summary>
/// <param name="Participants">Names from left to right.</param>
/// <param name="Arrows">The messages in order.</param>
public sealed record WordedLadder(IReadOnlyList<string> Participants, IReadOnlyList<WordedArrow> Arrows)
{
    internal static WordedLadder Of(Ladder ladder, Language language) =>
        new(
            [.. ladder.Participants.Select(key => language.Labels.Participants[key])],
            [
                .. ladder.Arrows.Select(arrow => new WordedArrow(
                    arrow.From,
                    arrow.To,
                    arrow.Message,
                    arrow.Step is null ? null : language.Labels.Steps[arrow.Step],
                    arrow.Sdp,
                    arrow.Media?.Kind,
                    arrow.Media is null ? null : language.Labels.Media[Axis.Key(arrow.Media.Kind)]
                )),
            ]
        );
}
