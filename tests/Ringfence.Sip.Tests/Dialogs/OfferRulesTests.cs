using Ringfence.Sip.Dialogs;
using static Ringfence.Sip.Dialogs.OfferFault;
using static Ringfence.Sip.Dialogs.SessionMessage;

namespace Ringfence.Sip.Tests.Dialogs;

/// <summary>The whole table of offer and answer (RFC 3264, RFC 3262 §5, RFC 3311 §5, RFC 6337 §2.2).</summary>
public sealed class OfferRulesTests
{
    private static readonly SessionMessage[] Messages = Enum.GetValues<SessionMessage>();
    private static readonly OpenOffer[] Offers = Enum.GetValues<OpenOffer>();

    /// <summary>RFC 6337 §2.2, table 1, row by row: who may answer what by which message.</summary>
    private static readonly (OpenOffer Offer, SessionMessage Answer)[] Patterns =
    [
        (OpenOffer.Invite, Success),
        (OpenOffer.Success, Ack),
        (OpenOffer.Invite, Reliable),
        (OpenOffer.Reliable, Prack),
        (OpenOffer.Prack, PrackSuccess),
        (OpenOffer.Update, UpdateSuccess),
    ];

    public static TheoryData<string, bool> States =>
        [
            .. from open in Offers
            from isOurs in new[] { false, true }
            where open != OpenOffer.None || !isOurs
            select ($"{open}", isOurs),
        ];

    /// <summary>
    /// A row of the table in letters, one for each message in its order: o offer, a answer, c copy, . nothing; x what is open
    /// forbids it (491 or 500), d the offer is due (491), n nothing to answer, w wrong place, m the description is missing.
    /// </summary>
    [Theory]
    //                                  who    described     bare
    [InlineData("None", "offerer", "occcnonon", ".........")]
    [InlineData("Due", "offerer", "dcooddddd", "d..m.....")]
    [InlineData("Due", "other", "ddddddddd", "d........")]
    [InlineData("Invite", "offerer", "xcccwxwxw", "x........")]
    [InlineData("Invite", "other", "xcaawxwxw", "x..m.....")]
    [InlineData("Reliable", "offerer", "xcccwxwxw", "x........")]
    [InlineData("Reliable", "other", "xwwwwawxw", "x....m...")]
    [InlineData("Success", "offerer", "xcccwxwxw", "x........")]
    [InlineData("Success", "other", "xwwwaxwxw", "x...m....")]
    [InlineData("Prack", "offerer", "xcccwxwxw", "x........")]
    [InlineData("Prack", "other", "xwwwwxaxw", "x.....m..")]
    [InlineData("Update", "offerer", "xcccwxwxw", "x........")]
    [InlineData("Update", "other", "xwwwwxwxa", "x.......m")]
    public void Every_cell_of_the_table_is_as_written(string open, string sender, string described, string bare)
    {
        foreach (bool isOurs in new[] { false, true })
        {
            OfferState state = new(Enum.Parse<OpenOffer>(open), open != "None" && isOurs == (sender == "offerer"));
            Row(state, isOurs, true).ShouldBe(described, $"{state} {isOurs}");
            Row(state, isOurs, false).ShouldBe(bare, $"{state} {isOurs}");
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Only_the_messages_of_table_1_answer(string open, bool isOurs)
    {
        OfferState state = new(Enum.Parse<OpenOffer>(open), isOurs);
        foreach (SessionMessage message in Messages)
        {
            OfferStep step = OfferRules.Next(state, !isOurs, message, isDescribed: true);
            (step.Role == DescriptionRole.Answer).ShouldBe(Patterns.Contains((state.Open, message)), $"{message}");
            OfferRules.Next(state, isOurs, message, true).Role.ShouldNotBe(DescriptionRole.Answer, $"{message}");
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void An_answer_settles_and_what_is_illegal_changes_nothing_but_a_missing_description(
        string open,
        bool isOurs
    )
    {
        OfferState state = new(Enum.Parse<OpenOffer>(open), isOurs);
        foreach (SessionMessage message in Messages)
        {
            foreach (bool mine in new[] { false, true })
            {
                OfferStep described = OfferRules.Next(state, mine, message, true);
                OfferState next = described.Role switch
                {
                    DescriptionRole.Answer => OfferState.Settled,
                    DescriptionRole.Offer => described.Next with { IsOurs = mine },
                    _ => state,
                };
                described.Next.ShouldBe(next, $"{message} {mine}");
                OfferStep bare = OfferRules.Next(state, mine, message, false);
                bool isMissing = bare.Fault is AnswerIsMissing or OfferIsMissing;
                bare.Next.IsSettled.ShouldBe(
                    isMissing || (state.IsSettled && message != Invite),
                    $"{message} {mine} {bare}"
                );
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 491)]
    [InlineData(2, 500)]
    [InlineData(3, 491)]
    [InlineData(4, 400)]
    [InlineData(5, 400)]
    [InlineData(6, 400)]
    [InlineData(7, 400)]
    public void Every_fault_has_its_status_and_a_sentence(int fault, int status)
    {
        OfferRules.Status((OfferFault)fault).ShouldBe(status);
        OfferRules.Text((OfferFault)fault).Contains("(RFC ", StringComparison.Ordinal).ShouldBe(fault != 0);
        Enum.GetValues<OfferFault>().Length.ShouldBe(8);
    }

    [Theory]
    [InlineData("Invite", "Invite", true)]
    [InlineData("Due", "Invite", true)]
    [InlineData("Reliable", "Invite", true)]
    [InlineData("Prack", "Prack", true)]
    [InlineData("Update", "Update", true)]
    [InlineData("Update", "Invite", false)]
    [InlineData("Prack", "Update", false)]
    [InlineData("Success", "Update", false)]
    [InlineData("Invite", "Update", false)]
    public void A_refused_request_takes_its_own_offer_along(string open, string request, bool isSettled)
    {
        OfferState state = new(Enum.Parse<OpenOffer>(open), true);
        OfferState after = OfferRules.Refused(state, Enum.Parse<SessionMessage>(request));
        after.ShouldBe(isSettled ? OfferState.Settled : state);
    }

    private static string Row(OfferState state, bool isOurs, bool isDescribed) =>
        string.Concat(
            Messages.Select(message =>
            {
                OfferStep step = OfferRules.Next(state, isOurs, message, isDescribed);
                return step.Fault switch
                {
                    OursIsOpen or TheirsIsOpen => 'x',
                    OfferIsDue => 'd',
                    NothingToAnswer => 'n',
                    WrongPlace => 'w',
                    AnswerIsMissing or OfferIsMissing => 'm',
                    _ => step.Role switch
                    {
                        DescriptionRole.Offer => 'o',
                        DescriptionRole.Answer => 'a',
                        DescriptionRole.Copy => 'c',
                        _ => '.',
                    },
                };
            })
        );
}
