using Ringfence.Media.Prompts;

namespace Ringfence.Media.Tests.Prompts;

/// <summary>
/// The script's whole behaviour as a table: events on the left of an arrow, the step that follows on its right. B begins,
/// P was played, a digit is pressed, +N waits for N seconds and calls when due.
/// </summary>
public sealed class PromptScriptTests
{
    private static readonly PromptScriptOptions One = new() { Attempts = 2 };

    [Theory]
    // Right: after the question, during it, at the second attempt.
    [InlineData("B:Ask P:None 7:Succeed", ScriptState.Gathered)]
    [InlineData("B:Ask 7:Succeed", ScriptState.Gathered)]
    [InlineData("B:Ask P:None 3:SayWrong P:Ask P:None 7:Succeed", ScriptState.Gathered)]
    [InlineData("B:Ask P:None +6:SayUnheard P:Ask 7:Succeed", ScriptState.Gathered)]
    // Wrong twice, silent twice, one of each.
    [InlineData("B:Ask 3:SayWrong P:Ask 4:GiveUp", ScriptState.GivenUp)]
    [InlineData("B:Ask P:None +6:SayUnheard P:Ask P:None +6:GiveUp", ScriptState.GivenUp)]
    [InlineData("B:Ask P:None +6:SayUnheard P:Ask P:None 1:GiveUp", ScriptState.GivenUp)]
    // Too late: the digit comes as the time is over, whether the timer has been served or not.
    [InlineData("B:Ask P:None -6 7:SayUnheard P:Ask P:None", ScriptState.Gathering)]
    [InlineData("B:Ask P:None +6:SayUnheard 7:None P:Ask P:None +6:GiveUp 7:None", ScriptState.GivenUp)]
    // Too early for a timer: nothing.
    [InlineData("B:Ask P:None +5:None 7:Succeed", ScriptState.Gathered)]
    // Digits that do not count, that come while it is being corrected, before it begins and after it ended.
    [InlineData("B:Ask A:None P:None D:None 7:Succeed", ScriptState.Gathered)]
    [InlineData("B:Ask 3:SayWrong 7:None 7:None P:Ask", ScriptState.Asking)]
    [InlineData("7:None P:None B:Ask", ScriptState.Asking)]
    [InlineData("B:Ask 7:Succeed 7:None P:None B:None +60:None", ScriptState.Gathered)]
    // A question that never ends, and a correction that never ends.
    [InlineData("B:Ask +60:GiveUp", ScriptState.GivenUp)]
    [InlineData("B:Ask 3:SayWrong +60:GiveUp", ScriptState.GivenUp)]
    [InlineData("B:Ask B:None P:None P:None 7:Succeed", ScriptState.Gathered)]
    public void One_digit_is_asked_for(string table, ScriptState end) => Run(One, "7", table).State.ShouldBe(end);

    [Theory]
    [InlineData("B:Ask 4:Hush 2:Succeed", "42", ScriptState.Gathered)]
    [InlineData("B:Ask P:None 4:None +3:SayWrong P:Ask P:None 4:None 2:Succeed", "42", ScriptState.Gathered)]
    [InlineData("B:Ask P:None 4:None 3:SayWrong P:Ask 4:Hush 2:Succeed", "42", ScriptState.Gathered)]
    [InlineData("B:Ask P:None 4:None +3:SayWrong P:Ask P:None 4:None +3:GiveUp", "4", ScriptState.GivenUp)]
    [InlineData("B:Ask P:None 4:None +2:None 2:Succeed", "42", ScriptState.Gathered)]
    public void Several_digits_have_their_own_time_out(string table, string digits, ScriptState end)
    {
        var script = Run(One with { Count = 2 }, "42", table);
        script.State.ShouldBe(end);
        script.Digits.ShouldBe(digits);
    }

    [Theory]
    [InlineData("B:Ask 1:Hush 2:None #:Succeed", "12", ScriptState.Gathered)]
    [InlineData("B:Ask 1:Hush 2:None +3:Succeed", "12", ScriptState.Gathered)]
    [InlineData("B:Ask 1:Hush 2:None 3:None 4:Succeed", "1234", ScriptState.Gathered)]
    [InlineData("B:Ask #:SayWrong P:Ask #:GiveUp", "", ScriptState.GivenUp)]
    [InlineData("B:Ask P:None +6:SayUnheard P:Ask 9:Hush #:Succeed", "9", ScriptState.Gathered)]
    public void A_terminator_ends_a_number_of_unknown_length(string table, string digits, ScriptState end)
    {
        var script = Run(One with { Count = 4, Accepted = "0123456789", Terminator = '#' }, null, table);
        script.State.ShouldBe(end);
        script.Digits.ShouldBe(digits);
    }

    [Theory]
    [InlineData("B:Ask 7:None P:None 7:Succeed", ScriptState.Gathered)]
    [InlineData("B:Ask 3:None P:None +6:SayUnheard", ScriptState.Correcting)]
    public void Without_barge_in_digits_count_from_the_end_of_the_question(string table, ScriptState end) =>
        Run(One with { BargeIn = false }, "7", table).State.ShouldBe(end);

    [Fact]
    public void It_asks_as_often_as_it_may_and_no_more()
    {
        var script = Run(
            One with
            {
                Attempts = 4,
            },
            "7",
            "B:Ask 1:SayWrong P:Ask 2:SayWrong P:Ask 3:SayWrong P:Ask 4:GiveUp"
        );
        script.Attempt.ShouldBe(4);
        script.Due.ShouldBeNull();
        script.IsOver.ShouldBeTrue();
    }

    [Fact]
    public void It_says_when_to_come_back()
    {
        var script = new PromptScript(One with { Count = 2, Limit = TimeSpan.FromSeconds(10) });
        script.Due.ShouldBeNull();
        script.Begin(TimeSpan.FromSeconds(100));
        script.Due.ShouldBe(TimeSpan.FromSeconds(110));
        script.Played(TimeSpan.FromSeconds(103));
        script.Due.ShouldBe(TimeSpan.FromSeconds(109));
        script.Press('1', TimeSpan.FromSeconds(104));
        script.Due.ShouldBe(TimeSpan.FromSeconds(107));
        script.Elapse(TimeSpan.FromSeconds(107)).ShouldBe(ScriptStep.SayWrong);
        script.Played(TimeSpan.FromSeconds(108));
        script.Due.ShouldBe(TimeSpan.FromSeconds(110), "the limit of all of it");
        script.Elapse(TimeSpan.FromSeconds(110)).ShouldBe(ScriptStep.GiveUp);
    }

    [Fact]
    public void Whatever_comes_it_ends_within_its_limit_and_asks_no_more_than_it_may()
    {
        var random = new Random(11);
        for (var round = 0; round < 2000; round++)
        {
            var script = new PromptScript(One with { Count = 1 + round % 3 }) { Expected = "7" };
            var now = TimeSpan.Zero;
            var asked = script.Begin(now) == ScriptStep.Ask ? 1 : 0;
            while (!script.IsOver)
            {
                now += TimeSpan.FromMilliseconds(random.Next(1, 3000));
                var step = random.Next(3) switch
                {
                    0 => script.Press("0123456789*#ABCD"[random.Next(16)], now),
                    1 => script.Played(now),
                    _ => script.Elapse(now),
                };
                asked += step == ScriptStep.Ask ? 1 : 0;
                now.ShouldBeLessThan(One.Limit + TimeSpan.FromSeconds(60));
            }
            asked.ShouldBe(script.Attempt);
            asked.ShouldBeLessThanOrEqualTo(One.Attempts);
        }
    }

    private static PromptScript Run(PromptScriptOptions options, string? expected, string table)
    {
        var script = new PromptScript(options) { Expected = expected };
        var now = TimeSpan.FromHours(1);
        foreach (var row in table.Split(' '))
        {
            var cells = row.Split(':');
            if (cells[0][0] is '+' or '-')
            {
                now += TimeSpan.FromSeconds(int.Parse(cells[0][1..], null));
            }
            var step = cells[0][0] switch
            {
                'B' => script.Begin(now),
                'P' => script.Played(now),
                '+' => script.Elapse(now),
                '-' => ScriptStep.None,
                var digit => script.Press(digit, now),
            };
            if (cells.Length > 1)
            {
                step.ToString().ShouldBe(cells[1], $"{row} in {table}");
            }
        }
        return script;
    }
}
