using Ringfence.Sip.Dialogs;
using static Ringfence.Sip.Dialogs.EarlySessionFault;
using static Ringfence.Sip.Dialogs.SessionMessage;

namespace Ringfence.Sip.Tests.Dialogs;

/// <summary>Where an early session may be offered and answered (RFC 3959 §4).</summary>
public sealed class EarlySessionRulesTests
{
    private static readonly SessionMessage[] Messages = Enum.GetValues<SessionMessage>();

    /// <summary>
    /// A row of the table in letters, one for each message in its order: o offer, a answer, . nothing; p no place in a 2xx to INVITE nor in
    /// an ACK, r only reliably, x what is open forbids it, n nothing to answer, w wrong place, e over, m the answer is missing.
    /// </summary>
    [Theory]
    //                              who      described    bare
    [InlineData("None", "Invite", "offerer", "oropponon", ".........")]
    [InlineData("Offered", "Invite", "offerer", "xrwppxwxw", ".........")]
    [InlineData("Offered", "Invite", "other", "xrappxwxw", ".........")]
    [InlineData("Offered", "Reliable", "offerer", "xrwppxwxw", ".........")]
    [InlineData("Offered", "Reliable", "other", "xrwppawxw", ".....m...")]
    [InlineData("Offered", "Prack", "offerer", "xrwppxwxw", ".........")]
    [InlineData("Offered", "Prack", "other", "xrwppxaxw", "......m..")]
    [InlineData("Offered", "Update", "offerer", "xrwppxwxw", ".........")]
    [InlineData("Offered", "Update", "other", "xrwppxwxa", "........m")]
    [InlineData("Settled", "Invite", "offerer", "orwpponon", ".........")]
    [InlineData("Over", "Invite", "offerer", "eeeppeeee", ".........")]
    public void Every_cell_of_the_table_is_as_written(
        string phase,
        string open,
        string sender,
        string described,
        string bare
    )
    {
        foreach (bool isOurs in new[] { false, true })
        {
            var state = new EarlySessionState(
                Enum.Parse<EarlySessionPhase>(phase),
                Enum.Parse<SessionMessage>(open),
                isOurs == (sender == "offerer")
            );
            Row(state, isOurs, true).ShouldBe(described, $"{state} {isOurs}");
            Row(state, isOurs, false).ShouldBe(bare, $"{state} {isOurs}");
        }
    }

    [Fact]
    public void The_answer_to_the_INVITE_ends_every_early_session()
    {
        foreach (EarlySessionPhase phase in Enum.GetValues<EarlySessionPhase>())
        {
            EarlySessionRules
                .Next(new(phase, Reliable, true), true, Success, false)
                .Next.Phase.ShouldBe(EarlySessionPhase.Over);
        }
    }

    [Fact]
    public void An_offer_waits_an_answer_settles_and_a_missing_one_too()
    {
        EarlySessionState offered = EarlySessionRules.Next(default, true, Reliable, true).Next;
        offered.ShouldBe(new EarlySessionState(EarlySessionPhase.Offered, Reliable, true));
        EarlySessionRules.Next(offered, false, Prack, true).Next.ShouldBe(EarlySessionState.Settled);
        EarlySessionRules.Next(offered, false, Prack, false).Next.ShouldBe(EarlySessionState.Settled);
        EarlySessionRules
            .Refused(new(EarlySessionPhase.Offered, Update, true), Update)
            .ShouldBe(EarlySessionState.Settled);
        EarlySessionRules.Refused(offered, Update).ShouldBe(offered);
    }

    [Fact]
    public void Every_fault_has_its_status_and_a_sentence()
    {
        int[] statuses = [0, 400, 400, 400, 491, 500, 400, 400, 0];
        Enum.GetValues<EarlySessionFault>().Select(EarlySessionRules.Status).ShouldBe(statuses);
        Enum.GetValues<EarlySessionFault>()
            .Skip(1)
            .ShouldAllBe(fault => EarlySessionRules.Text(fault).Contains("(RFC "));
    }

    private static string Row(EarlySessionState state, bool isOurs, bool isDescribed) =>
        string.Concat(
            Messages.Select(message =>
            {
                EarlySessionStep step = EarlySessionRules.Next(state, isOurs, message, isDescribed);
                return step.Fault switch
                {
                    None => step.Role switch
                    {
                        DescriptionRole.Offer => 'o',
                        DescriptionRole.Answer => 'a',
                        _ => '.',
                    },
                    NoPlace => 'p',
                    IsOver => 'e',
                    NotReliable => 'r',
                    OursIsOpen or TheirsIsOpen => 'x',
                    NothingToAnswer => 'n',
                    WrongPlace => 'w',
                    _ => 'm',
                };
            })
        );
}
