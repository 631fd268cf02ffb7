using System.Text.RegularExpressions;
using Ringfence.Edge.Tests.Evidence;
using Ringfence.Edge.Tests.Stages;
using Ringfence.Stir.Claims;

namespace Ringfence.Edge.Tests.Redress;

/// <summary>Every cell of "who decided × peer": exact status, phrase, Reason, Call-Info and Feature-Caps as they go out.</summary>
public sealed partial class RefusalWireTests
{
    private const string Rules = """
          - { name: user, owner: user, when: { callee: "+33180000607" }, then: refuse }
          - { name: elsewhere, owner: user, when: { callee: "+33180000480", schedule: "00:00-23:59" }, then: refuse }
          - { name: busy, owner: user, when: { callee: "+33180000486" }, then: refuse 486 }
          - { name: quietly, owner: user, when: { callee: "+33180000603" }, then: refuse 603 }
          - { name: shown, owner: user, when: { callee: "+33180000433", anonymous: true }, then: refuse }
          - { name: analytics, when: { callee: "+33180000608" }, then: refuse }
          - { name: law, owner: law, when: { callee: "+33180000700" }, then: refuse 608 }
          - { name: identity, when: { callee: "+33180000438", verification: [ failed, absent ] }, then: refuse }
          - { name: unused, when: { callee: "+33180000403", caller-in: do-not-originate }, then: refuse }
          - { name: nobody, when: { callee-in: unallocated }, then: refuse }
          - { name: nowhere, when: { callee: "+33180000604" }, then: refuse 604 }
          - { then: progress }
        """;

    private const string Lists = """
        lists:
          - { name: do-not-originate, numbers: [ "+33199001234" ] }
          - { name: unallocated, numbers: [ "+33180000404" ] }
        """;

    private const string CallRejected = "Q.850;cause=21;text=\"Call rejected\";location=LN";
    private const string Card = "<https://calls.example/redress/TOKEN>;purpose=jwscard";
    private const string Contact = "tel=+33199001000;email=desk@calls.example";

    /// <summary>Callee, peer (plain, 608, plus), whether the identity is signed, status line, Reasons, Call-Info, Feature-Caps.</summary>
    public static TheoryData<string, string, bool, string, string, string, string> Cells
    {
        get
        {
            TheoryData<string, string, bool, string, string, string, string> cells = [];
            foreach (string peer in (string[])["plain", "608", "plus"])
            {
                foreach (bool isSigned in (bool[])[false, true])
                {
                    cells.Add(
                        "607",
                        peer,
                        isSigned,
                        "607 Unwanted",
                        CallRejected,
                        isSigned ? "<https://calls.example/why/TOKEN>;purpose=info" : "",
                        ""
                    );
                    Add("480", "480 Temporarily Unavailable", "Q.850;cause=18;text=\"No user responding\";location=LN");
                    Add("486", "486 Busy Here", "Q.850;cause=17;text=\"User busy\";location=LN");
                    Add("603", "603 Decline", CallRejected);
                    Add("433", "433 Anonymity Disallowed", CallRejected);
                    Add("403", "403 Forbidden", CallRejected);
                    Add("404", "404 Not Found", "Q.850;cause=1;text=\"Unallocated (unassigned) number\";location=LN");
                    Add(
                        "604",
                        "604 Does Not Exist Anywhere",
                        "Q.850;cause=1;text=\"Unallocated (unassigned) number\";location=LN"
                    );
                    foreach (string analytics in (string[])["608", "700"])
                    {
                        string why = isSigned ? "url=https://calls.example/why/TOKEN;" : "";
                        if (peer == "plus")
                        {
                            Add(
                                analytics,
                                "603 Network Blocked",
                                $"SIP;cause=603;text=\"v=analytics1;{why}{Contact}\";location=LN|{CallRejected}"
                            );
                        }
                        else
                        {
                            cells.Add(
                                analytics,
                                peer,
                                isSigned,
                                "608 Rejected",
                                CallRejected,
                                isSigned ? Card : "",
                                "*;+sip.608"
                            );
                        }
                    }

                    void Add(string callee, string status, string reasons) =>
                        cells.Add(callee, peer, isSigned, status, reasons, "", "");
                }

                cells.Add(
                    "438",
                    peer,
                    false,
                    "428 Use Identity Header",
                    "STIR;cause=428;text=\"Use Identity Header\"",
                    "",
                    ""
                );
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task What_goes_out_follows_from_who_decided_and_from_the_peer(
        string callee,
        string peer,
        bool isSigned,
        string status,
        string reasons,
        string callInfo,
        string featureCaps
    )
    {
        await using DeskWorld world = new(Rules, more: Lists);
        string number = "+33180000" + callee;
        string more =
            (peer == "608" ? "Feature-Caps: *;+sip.608\r\n" : "")
            + (callee == "433" ? "Privacy: id\r\n" : "")
            + (isSigned ? world.Identity(Attestation.B, dest: number) : "");

        await world.InviteAsync(
            "c",
            callee: number,
            port: peer == "plus" ? DeskWorld.PlusPort : DeskWorld.CarrierPort,
            more: more
        );

        string final = world.Final("c");
        final.Split("\r\n")[0].ShouldBe("SIP/2.0 " + status);
        Lines(final, "Reason").ShouldBe(reasons);
        Lines(final, "Call-Info").ShouldBe(callInfo);
        Lines(final, "Feature-Caps").ShouldBe(featureCaps);

        var record = (await world.RecordsAsync()).ShouldHaveSingleItem();
        record.Reasons.ShouldNotBeEmpty();
        record.StatusCode.ShouldBe(int.Parse(status[..3], System.Globalization.CultureInfo.InvariantCulture));
        record.RedressToken.Length.ShouldBe(22);
        var kept = await world.Desk.FindAsync(record.RedressToken, TestContext.Current.CancellationToken);
        (kept!.CallId, kept.StatusCode, $"{kept.StatusCode} {kept.Phrase}").ShouldBe(
            (record.Id, record.StatusCode, status)
        );
        if (Token().Match(final) is { Success: true } sent)
        {
            sent.Value.ShouldBe(record.RedressToken);
        }
    }

    [Fact]
    public async Task A_PASSporT_that_failed_is_named_in_the_Reason_of_the_refusal_that_it_caused()
    {
        await using DeskWorld world = new(Rules, more: Lists);
        string identity = world.Identity(dest: "+33180000438", age: 3_600);

        await world.InviteAsync("c", callee: "+33180000438", more: identity);

        string final = world.Final("c");
        final.ShouldStartWith("SIP/2.0 403 Stale Date\r\n");
        StirWorld.Header(final, "Reason").ShouldStartWith("STIR;cause=403;text=\"Stale Date\";ppi=\"..");
    }

    /// <summary>All values of a header, tokens written TOKEN.</summary>
    private static string Lines(string message, string name) =>
        Token()
            .Replace(
                string.Join(
                    '|',
                    message
                        .Split("\r\n")
                        .Where(line => line.StartsWith(name + ":", StringComparison.Ordinal))
                        .Select(line => line[(name.Length + 1)..].Trim())
                ),
                "TOKEN"
            );

    [GeneratedRegex("(?<=calls.example/(why|redress)/)[A-Za-z0-9_-]{22}")]
    private static partial Regex Token();
}
