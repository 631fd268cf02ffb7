using System.Globalization;
using System.Text.Json;
using Ringfence.Edge.Storage;
using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests;

/// <summary>
/// Refusals of every kind through the running edge: SIPp holds each answer against its expressions, Wireshark's dissector reads
/// them, and the record of each call explains it. 20 calls of a kind, 500 with RINGFENCE_LONG=1.
/// </summary>
public sealed class RefusalCallTests
{
    private const string Policy = """
        lists:
          - { name: do-not-originate, numbers: [ "+33199001234" ] }
          - { name: unallocated, numbers: [ "+33180000404" ] }
        policy:
          - { name: user, owner: user, when: { callee: "+33180000607" }, then: refuse }
          - { name: elsewhere, owner: user, when: { callee: "+33180000480" }, then: refuse 480 }
          - { name: busy, owner: user, when: { callee: "+33180000486" }, then: refuse 486 }
          - { name: withheld, owner: user, when: { callee: "+33180000433", anonymous: true }, then: refuse }
          - { name: analytics, when: { callee: [ "+33180000608", "+33180000688" ] }, then: refuse }
          - { name: unsigned, when: { callee: "+33180000428", verification: absent }, then: refuse }
          - { name: broken, when: { callee: "+33180000438", verification: failed }, then: refuse }
          - { name: unused, when: { callee: "+33180000403", caller-in: do-not-originate }, then: refuse }
          - { name: nobody, when: { callee-in: unallocated }, then: refuse }
          - { name: nowhere, when: { callee: "+33180000604" }, then: refuse 604 }
          - { then: progress }
        """;

    private const string Token = "[A-Za-z0-9_-]{22}";
    private const string Rejected = "Reason: Q.850;cause=21;text=\"Call rejected\";location=LN";
    private static readonly int Calls = Environment.GetEnvironmentVariable("RINGFENCE_LONG") == "1" ? 500 : 20;

    [Fact]
    public async Task Every_kind_of_refusal_is_what_it_should_be_and_its_record_says_why()
    {
        Sipp.Need();
        using StirRig rig = await StirRig.StartAsync();
        using TestFolder folder = new();
        using RunningEdge edge = await RunningEdge.StartAsync(folder, FreePort.Next(), Configuration(rig, "608"));
        string signed = "Identity: " + await SignAsync(rig, "+33180000688");
        string wanted = "Identity: " + await SignAsync(rig, "+33180000607");
        string broken = "Identity: " + await SignAsync(rig, "+33180009999");
        List<Kind> kinds =
        [
            new("607", "607 Unwanted", [Rejected]),
            new(
                "607",
                "607 Unwanted",
                [Rejected, $"Call-Info: <https://calls[.]example/why/{Token}>;purpose=info"],
                wanted
            ),
            new(
                "480",
                "480 Temporarily Unavailable",
                ["Reason: Q.850;cause=18;text=\"No user responding\";location=LN"]
            ),
            new("486", "486 Busy Here", ["Reason: Q.850;cause=17;text=\"User busy\";location=LN"]),
            new("433", "433 Anonymity Disallowed", [Rejected], "Privacy: id"),
            new("608", "608 Rejected", [Rejected, "Feature-Caps: [*];[+]sip[.]608"]),
            new(
                "688",
                "608 Rejected",
                [
                    Rejected,
                    "Feature-Caps: [*];[+]sip[.]608",
                    $"Call-Info: <https://calls[.]example/redress/{Token}>;purpose=jwscard",
                ],
                signed,
                "Feature-Caps: *;+sip.608"
            ),
            new("428", "428 Use Identity Header", ["Reason: STIR;cause=428;text=\"Use Identity Header\""]),
            new(
                "438",
                "438 Invalid (Identity Header|PASSporT)",
                ["Reason: STIR;cause=438;text=\"Invalid [A-Za-z ]*\";ppi=\"[.][.]"],
                broken
            ),
            new("403", "403 Forbidden", [Rejected]),
            new(
                "404",
                "404 Not Found",
                ["Reason: Q.850;cause=1;text=\"Unallocated [(]unassigned[)] number\";location=LN"]
            ),
            new(
                "604",
                "604 Does Not Exist Anywhere",
                ["Reason: Q.850;cause=1;text=\"Unallocated [(]unassigned[)] number\";location=LN"]
            ),
        ];
        // The signer's certificate is at hand from here on: calls that wait for it would meet each other's token.
        await RunAsync(
            edge,
            folder,
            new("700", "404 Not Found", [], "Identity: " + await SignAsync(rig, "+33180000700")),
            calls: 1
        );
        List<SippMessage> finals = [];
        foreach (Kind kind in kinds)
        {
            finals.Add(await RunAsync(edge, folder, kind));
        }

        await edge.ReloadAsync(Configuration(rig, "603+"), "was read anew");
        const string contact = "tel=[+]33199001000;email=desk@calls[.]example\";location=LN";
        kinds.Add(
            new("608", "603 Network Blocked", [$"Reason: SIP;cause=603;text=\"v=analytics1;{contact}", Rejected])
        );
        finals.Add(await RunAsync(edge, folder, kinds[^1]));
        kinds.Add(
            new(
                "688",
                "603 Network Blocked",
                [
                    $"Reason: SIP;cause=603;text=\"v=analytics1;url=https://calls[.]example/why/{Token};{contact}",
                    Rejected,
                ],
                signed
            )
        );
        finals.Add(await RunAsync(edge, folder, kinds[^1]));
        await edge.StopAsync();
        RecordsExplain(edge, kinds);
        await DissectAsync(folder, kinds, finals);
    }

    [Theory]
    [InlineData("proxy")]
    [InlineData("gate")]
    public async Task A_callee_says_607_before_the_answer_and_in_a_BYE_and_the_next_call_gets_607(string mode)
    {
        Sipp.Need();
        using TestFolder folder = new();
        int calleePort = FreePort.Next();
        using RunningEdge edge = await RunningEdge.StartAsync(
            folder,
            FreePort.Next(),
            $$"""
            trunks: [ { name: callers, from: 127.0.0.1, mode: {{mode}} } ]
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{calleePort}}" ] } ]
            policy: [ { then: progress } ]
            """
        );
        var ways = new CallWays(folder, edge.Port, calleePort, () => edge.Output);
        await ways.GoAsync(
            new SippScript()
                .Invite()
                .MayRing()
                .Expect(200, routes: true)
                .InDialog("ACK", 1)
                .ExpectRequest("BYE", "Reason: SIP;cause=607;text=\"Unwanted\"")
                .Reply("200 OK", tag: false),
            new SippScript()
                .ExpectRequest("INVITE")
                .Reply("200 OK", withSdp: true)
                .ExpectAckAndKeep()
                .Pause(100)
                .CalleeBye("Reason: SIP;cause=607;text=\"Unwanted\"")
                .Expect(200)
        );
        using SippRun blocked = Sipp.Caller(folder, Refused("607 Unwanted", [Rejected]), edge.Port);
        await blocked.SucceedsAsync(() => edge.Output);

        const string other = "+33180001001";
        using SippRun callee = await Sipp.CalleeAsync(
            folder,
            new SippScript().ExpectRequest("INVITE").Reply("607 Unwanted").ExpectRequest("ACK"),
            calleePort
        );
        using SippRun first = Sipp.Caller(folder, Refused("607 Unwanted", []), edge.Port, other);
        await first.SucceedsAsync(() => edge.Output);
        using SippRun second = Sipp.Caller(folder, Refused("607 Unwanted", [Rejected]), edge.Port, other);
        await second.SucceedsAsync(() => edge.Output);
        await edge.DrainAsync();
        if (mode == "proxy")
        {
            // Twice, as an operator in a hurry: the proxied call's transaction lingers for 32 s.
            await edge.SaysAsync("Ending");
            await edge.DrainAsync();
        }

        (await edge.EndAsync(TimeSpan.FromSeconds(20))).ShouldBe(0, edge.Output);

        using CallRecordStore store = CallRecordStore.Open(edge.Database);
        store
            .Latest(10)
            .Select(record => record.Said)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["", "", "unwanted (BeforeAnswer): IdentityUnproven", "unwanted (MidCall): IdentityUnproven"]);
    }

    [Fact]
    public async Task A_star_code_after_hanging_up_blocks_the_last_caller_and_a_tone_says_so()
    {
        Sipp.Need();
        using TestFolder folder = new();
        int calleePort = FreePort.Next();
        using RunningEdge edge = await RunningEdge.StartAsync(
            folder,
            FreePort.Next(),
            $$"""
            trunks: [ { name: all, from: 127.0.0.1 } ]
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{calleePort}}" ] } ]
            unwanted: { users: [ all ] }
            policy: [ { then: progress } ]
            """
        );
        // SIPp's caller shows +33199001234: it rings itself, hangs up, and dials the code.
        await new CallWays(folder, edge.Port, calleePort, () => edge.Output).GoAsync(
            new SippScript().Invite().MayRing().Expect(486).AckRefusal(),
            new SippScript()
                .ExpectRequest("INVITE")
                .Reply("180 Ringing")
                .Pause(50)
                .Reply("486 Busy Here")
                .ExpectRequest("ACK"),
            "+33199001234"
        );
        using SippRun code = Sipp.Caller(
            folder,
            new SippScript()
                .Invite()
                .Expect(100, optional: true)
                .Expect(200, routes: true)
                .InDialog("ACK", 1)
                .ExpectRequest("BYE")
                .Reply("200 OK", tag: false),
            edge.Port,
            "*60"
        );
        await code.SucceedsAsync(() => edge.Output);
        using SippRun blocked = Sipp.Caller(folder, Refused("607 Unwanted", []), edge.Port, "+33199001234");
        await blocked.SucceedsAsync(() => edge.Output);
    }

    private static async Task<SippMessage> RunAsync(RunningEdge edge, TestFolder folder, Kind kind, int? calls = null)
    {
        using SippRun caller = Sipp.Caller(
            folder,
            Refused(kind.Status, kind.Matching, kind.Headers),
            edge.Port,
            "+33180000" + kind.Callee,
            calls ?? Calls
        );
        await caller.SucceedsAsync(() => edge.Output, seconds: 90);
        SippMessage[] messages = caller.Messages;
        // What another program on this machine still sends to a port that it has let go of is none of this one's.
        HashSet<string> own = [.. messages.Where(message => message.IsSent).Select(message => message.Header("Call-ID"))];
        SippMessage[] finals =
        [
            .. messages.Where(message =>
                !message.IsSent && message.Step[0] > '1' && own.Contains(message.Header("Call-ID"))
            ),
        ];
        string[] ids = [.. finals.Select(message => message.Header("Call-ID")).Distinct()];
        ids.Length.ShouldBe(calls ?? Calls, string.Join('\n', ids));
        return finals[0];
    }

    private static void RecordsExplain(RunningEdge edge, List<Kind> kinds)
    {
        using CallRecordStore store = CallRecordStore.Open(edge.Database);
        CallRecord[] records = [.. store.Latest(Calls * kinds.Count + 2).Where(record => record.Verdict == "Refuse")];
        records.Length.ShouldBe(Calls * kinds.Count);
        foreach (IGrouping<(string, int), Kind> same in kinds.GroupBy(kind => (kind.Callee, kind.Code)))
        {
            CallRecord[] of =
            [
                .. records.Where(record =>
                    record.Callee == "+33180000" + same.Key.Item1 && record.StatusCode == same.Key.Item2
                ),
            ];
            of.Length.ShouldBe(Calls * same.Count(), same.Key.ToString());
            of.ShouldAllBe(record =>
                record.Verdict == "Refuse" && record.Reasons.Length > 0 && record.RedressToken.Length == 22
            );
            of.ShouldAllBe(record => CalleeOf(record.Facts) == record.Callee);
        }

        records.Select(record => record.RedressToken).Distinct().Count().ShouldBe(records.Length);
    }

    /// <summary>The callee in the facts that the record keeps for another policy.</summary>
    private static string? CalleeOf(string facts)
    {
        using var json = JsonDocument.Parse(facts);
        return json.RootElement.GetProperty("callee").GetString();
    }

    /// <summary>One answer of each kind.</summary>
    private static async Task DissectAsync(TestFolder folder, List<Kind> kinds, List<SippMessage> finals)
    {
        Dissected.Need();
        string[][] rows = await Dissected.ReadAsync(
            folder,
            finals,
            "sip.Status-Code",
            "sip.reason_protocols",
            "sip.Call-Info",
            "_ws.expert.severity",
            "_ws.malformed"
        );
        rows.Length.ShouldBe(kinds.Count);
        foreach ((string[] row, Kind kind) in rows.Zip(kinds))
        {
            row[0].ShouldBe(kind.Code.ToString(CultureInfo.InvariantCulture));
            string[] protocols =
            [
                .. kind
                    .Matching.Where(line => line.StartsWith("Reason: ", StringComparison.Ordinal))
                    .Select(line => line[8..].Split(';')[0]),
            ];
            row[1].Split(',').ShouldBe(protocols, kind.Status);
            (row[2].Length > 0).ShouldBe(
                kind.Matching.Any(line => line.StartsWith("Call-Info", StringComparison.Ordinal)),
                kind.Status
            );
            (row[3], row[4]).ShouldBe(("", ""), kind.Status);
        }
    }

    private static SippScript Refused(string status, string[] matching, params string[] headers) =>
        new SippScript()
            .Invite(headers)
            .MayRing()
            .Expect(
                int.Parse(status.AsSpan(0, 3), CultureInfo.InvariantCulture),
                matching: ["SIP/2.0 " + status, .. matching]
            )
            .AckRefusal();

    private static async Task<string> SignAsync(StirRig rig, string callee)
    {
        using ForeignProgram sign = StirRig.Ringfence(
            rig.Folder,
            "sign",
            "-k",
            rig.Folder.File("key.pem"),
            "--x5u",
            rig.X5u,
            "--orig",
            "+33199001234",
            "--dest",
            callee
        );
        (await sign.EndAsync(TimeSpan.FromSeconds(30))).ShouldBe(0, sign.Output);
        return sign.Output.Trim();
    }

    /// <summary>One lane: many calls of a test carry the same token, which is a replay while another one is being decided.</summary>
    private static string Configuration(StirRig rig, string analytics) =>
        $$"""
            lanes: 1
            trunks: [ { name: carrier, from: 127.0.0.1, network-blocked: {{analytics}} } ]
            stir: { trust: {{rig.Folder.File(
                "root.pem"
            )}}, freshness: 30m, deadline: 20s, test-hosts: [ "{{rig.Host}}" ] }
            redress:
              address: https://calls.example
              contact: { name: Call desk, tel: "+33199001000", email: desk@calls.example }
              sign: { certificate: "https://cert.example/chain.pem", key: {{rig.Folder.File(
                "key.pem"
            )}}, chain: {{rig.Folder.File("chain.pem")}} }
            {{Policy}}
            """;

    /// <summary>A kind of refusal: the callee's last digits, the status line and what else is in the answer, and the caller's headers.</summary>
    private sealed record Kind(string Callee, string Status, string[] Matching, params string[] Headers)
    {
        internal int Code => int.Parse(Status.AsSpan(0, 3), CultureInfo.InvariantCulture);
    }
}
