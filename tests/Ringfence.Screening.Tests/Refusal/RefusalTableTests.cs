using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Refusal;
using Ringfence.Screening.Rules;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Screening.Tests.Refusal;

/// <summary>Every cell of "who decided" by "what the peer can take".</summary>
public sealed class RefusalTableTests
{
    private const string Card = "<https://edge.example/card/t0k3n>;purpose=jwscard";
    private const string Rejected21 = "Q.850;cause=21;text=\"Call rejected\";location=LN";
    private const string Plus =
        "SIP;cause=603;text=\"v=analytics1;url=https://edge.example/why/t0k3n;tel=+15551230000;email=desk@edge.example\";location=LN|"
        + Rejected21;
    private const string PlusUnproven =
        "SIP;cause=603;text=\"v=analytics1;url=https://edge.example/appeal;tel=+15551230000;email=desk@edge.example\";location=LN|"
        + Rejected21;

    private static readonly RedressContact Desk = new()
    {
        Name = "Blocked calls desk",
        Url = new Uri("https://edge.example/appeal"),
        Tel = "+15551230000",
        Email = "desk@edge.example",
    };

    public static TheoryData<string, string, bool, string, string, string?, bool> Cells { get; } = Build();

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_is_exact(
        string who,
        string peer,
        bool identityHolds,
        string line,
        string reasons,
        string? callInfo,
        bool announces
    )
    {
        var answer = RefusalTable.Answer(VerdictOf(who), Context(peer, identityHolds));
        $"{answer.Status} {answer.Phrase}".ShouldBe(line);
        string.Join('|', answer.Reasons).ShouldBe(reasons);
        answer.CallInfo.ShouldBe(callInfo);
        answer.AnnounceFirst.ShouldBe(announces);
        answer.FeatureCaps.ShouldBe(answer.Status == 608 ? "*;+sip.608" : null);
        answer.Reasons.Select(r => r.Protocol).ShouldBeUnique();
    }

    [Theory]
    [InlineData(null, VerificationOutcome.Failed, "438 Invalid Identity Header")]
    [InlineData(403, VerificationOutcome.Failed, "403 Stale Date")]
    [InlineData(428, VerificationOutcome.Absent, "428 Use Identity Header")]
    [InlineData(436, VerificationOutcome.Unavailable, "436 Bad Identity Info")]
    [InlineData(437, VerificationOutcome.Failed, "437 Unsupported Credential")]
    [InlineData(438, VerificationOutcome.Failed, "438 Invalid Identity Header")]
    public void A_failed_identity_is_refused_with_what_verification_says(
        int? status,
        VerificationOutcome outcome,
        string line
    )
    {
        var verdict = Calls
            .Policy("  - { when: { verification: [failed, absent, unavailable] }, then: refuse }\n")
            .Decide(Calls.Plain with { Verification = outcome });
        var answer = RefusalTable.Answer(verdict, new RefusalContext { VerificationStatus = status, Ppi = "..c2ln" });
        $"{answer.Status} {answer.Phrase}".ShouldBe(line);
        var ppi = status == 428 ? "" : ";ppi=\"..c2ln\"";
        answer.Reasons.Single().ToString().ShouldBe($"STIR;cause={answer.Status};text=\"{answer.Phrase}\"{ppi}");
    }

    [Theory]
    [InlineData(403, "Forbidden", 21)]
    [InlineData(404, "Not Found", 1)]
    [InlineData(410, "Gone", 22)]
    [InlineData(433, "Anonymity Disallowed", 21)]
    [InlineData(480, "Temporarily Unavailable", 18)]
    [InlineData(486, "Busy Here", 17)]
    [InlineData(600, "Busy Everywhere", 17)]
    [InlineData(603, "Decline", 21)]
    [InlineData(604, "Does Not Exist Anywhere", 1)]
    [InlineData(607, "Unwanted", 21)]
    public void A_code_that_a_rule_names_goes_out_as_written(int code, string phrase, int cause)
    {
        var verdict = Calls.Policy($"  - {{ owner: user, then: refuse {code} }}\n").Decide(Calls.Plain);
        var answer = RefusalTable.Answer(
            verdict,
            new RefusalContext { Location = ReleaseLocation.LocalPrivateNetwork }
        );
        answer.Status.ShouldBe(code);
        answer.Phrase.ShouldBe(phrase);
        answer.Reasons.Single().Cause.ShouldBe(cause);
        answer.Reasons.Single().ToString().ShouldEndWith(";location=LPN");
    }

    [Theory]
    [InlineData(428)]
    [InlineData(436)]
    [InlineData(437)]
    [InlineData(438)]
    public void A_stir_code_that_a_rule_names_has_a_stir_reason(int code)
    {
        var verdict = Calls
            .Policy($"  - {{ when: {{ verification: failed }}, then: refuse {code} }}\n")
            .Decide(Calls.Plain with { Verification = VerificationOutcome.Failed });
        var answer = RefusalTable.Answer(verdict, new RefusalContext { VerificationStatus = 437 });
        answer.Status.ShouldBe(code);
        answer.Reasons.Single().Protocol.ShouldBe("STIR");
    }

    [Theory]
    [InlineData("refuse 608", true, 603)]
    [InlineData("refuse 603+", true, 603)]
    [InlineData("refuse 603+", false, 603)]
    [InlineData("refuse 608", false, 608)]
    public void A_peer_that_asks_for_603plus_gets_it_in_place_of_608(string does, bool wants, int status)
    {
        var verdict = Calls.Policy($"  - {{ then: {does} }}\n").Decide(Calls.Plain);
        RefusalTable
            .Answer(verdict, new RefusalContext { Peer = new PeerTraits(Wants603Plus: wants), Redress = Desk })
            .Status.ShouldBe(status);
    }

    [Fact]
    public void Without_anybody_to_contact_there_is_no_603plus_and_no_card()
    {
        var verdict = Calls.Policy("  - { then: refuse 603+ }\n").Decide(Calls.Plain);
        var nobody = new RefusalContext
        {
            IdentityHolds = true,
            Peer = new PeerTraits(Wants603Plus: true),
            Redress = new RedressContact { Name = "x" },
        };
        RefusalTable.Answer(verdict, nobody).Status.ShouldBe(608);
        RefusalTable.Answer(verdict, nobody).CallInfo.ShouldBeNull();
        var mailOnly = nobody with
        {
            Redress = new RedressContact { Name = "x", Email = "a@b.example" },
        };
        RefusalTable.Answer(verdict, mailOnly).Reasons[0].Text.ShouldBe("v=analytics1;email=a@b.example");
    }

    [Fact]
    public void A_reason_text_cannot_break_out_of_its_quotes() =>
        new ReasonValue("SIP", 603, "a\"b\\c\r\nEvil: yes\0", ReleaseLocation.RemoteNetwork)
            .ToString()
            .ShouldBe("SIP;cause=603;text=\"a\\\"b\\\\cEvil: yes\";location=RLN");

    [Theory]
    [InlineData(ReleaseLocation.User, "U")]
    [InlineData(ReleaseLocation.LocalPrivateNetwork, "LPN")]
    [InlineData(ReleaseLocation.LocalNetwork, "LN")]
    [InlineData(ReleaseLocation.TransitNetwork, "TN")]
    [InlineData(ReleaseLocation.RemoteNetwork, "RLN")]
    [InlineData(ReleaseLocation.RemotePrivateNetwork, "RPN")]
    public void A_location_is_written_as_its_token(ReleaseLocation location, string token) =>
        new ReasonValue("Q.850", 21, "x", location).ToString().ShouldBe($"Q.850;cause=21;text=\"x\";location={token}");

    [Fact]
    public void The_other_branches_are_told_607() =>
        RefusalTable.UnwantedElsewhere.ToString().ShouldBe("SIP;cause=607;text=\"Unwanted\"");

    [Fact]
    public void What_refuses_nothing_has_no_refusal() =>
        Should.Throw<ArgumentException>(() =>
            RefusalTable.Answer(Calls.Policy("  - { then: progress }\n").Decide(Calls.Plain), new RefusalContext())
        );

    private static TheoryData<string, string, bool, string, string, string?, bool> Build()
    {
        var cells = new TheoryData<string, string, bool, string, string, string?, bool>();
        foreach (var peer in new[] { "plain", "plain with media", "608", "603+" })
        {
            foreach (var holds in new[] { true, false })
            {
                cells.Add("user list", peer, holds, "607 Unwanted", Rejected21, null, false);
                cells.Add("user rule", peer, holds, "607 Unwanted", Rejected21, null, false);
                cells.Add(
                    "user, not now",
                    peer,
                    holds,
                    "480 Temporarily Unavailable",
                    "Q.850;cause=18;text=\"No user responding\";location=LN",
                    null,
                    false
                );
                cells.Add(
                    "user, this device",
                    peer,
                    holds,
                    "486 Busy Here",
                    "Q.850;cause=17;text=\"User busy\";location=LN",
                    null,
                    false
                );
                cells.Add("user, anonymous", peer, holds, "433 Anonymity Disallowed", Rejected21, null, false);
                cells.Add("do not originate", peer, holds, "403 Forbidden", Rejected21, null, false);
                cells.Add(
                    "no such callee",
                    peer,
                    holds,
                    "404 Not Found",
                    "Q.850;cause=1;text=\"Unallocated (unassigned) number\";location=LN",
                    null,
                    false
                );
                cells.Add(
                    "identity",
                    peer,
                    holds,
                    "438 Invalid Identity Header",
                    "STIR;cause=438;text=\"Invalid Identity Header\"",
                    null,
                    false
                );
            }

            foreach (var who in new[] { "analytics", "law" })
            {
                var isPlus = peer == "603+";
                var announces = peer == "plain with media";
                cells.Add(
                    who,
                    peer,
                    true,
                    isPlus ? "603 Network Blocked" : "608 Rejected",
                    isPlus ? Plus : Rejected21,
                    isPlus ? null : Card,
                    announces
                );
                cells.Add(
                    who,
                    peer,
                    false,
                    isPlus ? "603 Network Blocked" : "608 Rejected",
                    isPlus ? PlusUnproven : Rejected21,
                    null,
                    false
                );
            }
        }

        return cells;
    }

    private static Verdict VerdictOf(string who)
    {
        var (rule, facts) = who switch
        {
            "user list" => ("{ then: progress }", Calls.Plain with { Lists = Calls.On(WellKnownLists.CalleeBlocked) }),
            "user rule" => ("{ owner: user, when: { trunk: carrier-a }, then: refuse }", Calls.Plain),
            "user, not now" => ("{ owner: user, when: { schedule: wed }, then: refuse }", Calls.Plain),
            "user, this device" => ("{ owner: user, then: refuse 486 }", Calls.Plain),
            "user, anonymous" => (
                "{ owner: user, when: { anonymous: true }, then: refuse }",
                Calls.Plain with
                {
                    Privacy = PrivacyRequests.Id,
                }
            ),
            "do not originate" => (
                "{ owner: law, when: { caller-in: do-not-originate }, then: refuse }",
                Calls.Plain with
                {
                    Lists = Calls.On("do-not-originate"),
                }
            ),
            "no such callee" => (
                "{ when: { callee-in: unallocated }, then: refuse }",
                Calls.Plain with
                {
                    Lists = [new ListHit("unallocated", ListSubject.Callee, "+33199*")],
                }
            ),
            "identity" => (
                "{ when: { verification: failed }, then: refuse }",
                Calls.Plain with
                {
                    Verification = VerificationOutcome.Failed,
                }
            ),
            "law" => ("{ owner: law, when: { trunk: carrier-a }, then: refuse }", Calls.Plain),
            _ => ("{ when: { trunk: carrier-a }, then: refuse }", Calls.Plain),
        };
        return Calls.Policy($"  - {rule}\n").Decide(facts);
    }

    private static RefusalContext Context(string peer, bool identityHolds) =>
        new()
        {
            Peer = new PeerTraits(peer == "608", peer == "603+", HearsEarlyMedia: peer != "plain"),
            IdentityHolds = identityHolds,
            Redress = Desk,
            Card = new Uri("https://edge.example/card/t0k3n"),
            Why = new Uri("https://edge.example/why/t0k3n"),
        };
}
