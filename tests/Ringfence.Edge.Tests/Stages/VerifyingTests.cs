using Ringfence.Edge.Configuration;
using Ringfence.Edge.Storage;

namespace Ringfence.Edge.Tests.Stages;

public sealed class VerifyingTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(1_500);

    [Fact]
    public async Task A_thousand_calls_with_one_new_certificate_cause_one_fetch()
    {
        await using StirWorld world = new(StirPolicy.Observe);
        string[] identities = [.. Enumerable.Range(0, 1_000).Select(_ => world.Identity(world.X5u()))];
        for (int i = 0; i < identities.Length; i++)
        {
            world.Invite($"c{i}", identities[i]);
        }

        int waiting = identities.Length - world.Progressed.Count();
        world.Host.Open();
        await world.ArriveAsync(waiting);

        waiting.ShouldBeGreaterThan(1);
        world.Progressed.Count().ShouldBe(1_000);
        (world.Fetches, world.Host.Asked).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_hundred_slow_fetches_do_not_delay_an_unrelated_call()
    {
        await using StirWorld world = new(StirPolicy.Observe);
        for (int i = 0; i < 100; i++)
        {
            world.Invite($"slow{i}", world.Identity(world.X5u($"{i}.pem")));
        }

        world.Invite("plain", identity: null);

        // It went on within the turn that it came in, before any of those that came first.
        world.Progressed.ShouldBe(["plain"]);
    }

    [Fact]
    public async Task A_known_certificate_is_used_at_once()
    {
        await using StirWorld world = new(StirPolicy.Mark);
        world.Host.Open();
        world.Invite("first", world.Identity(world.X5u()));
        await world.ArriveAsync(1);

        world.Invite("second", world.Identity(world.X5u()));

        world.Progressed.ShouldBe(["first", "second"]);
        string invite = world.Forwarded.Last();
        StirWorld
            .Header(invite, "From")
            .ShouldStartWith($"<sip:{StirWorld.Caller};verstat=TN-Validation-Passed@carrier.example>");
        StirWorld.Header(invite, "P-Attestation-Indicator").ShouldBe("A");
        StirWorld.Header(invite, "Identity").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task At_the_deadline_the_call_goes_on_and_the_reason_follows()
    {
        await using StirWorld world = new(StirPolicy.Mark);
        world.Invite("late", world.Identity(world.X5u(), orig: "+33199009999"));
        world.Progressed.ShouldBe(["late"], "a caller that is not the token's fails without a fetch");
        StirWorld.Header(world.Forwarded.Single(), "From").ShouldContain("verstat=TN-Validation-Failed");

        string forged = world.Identity(world.X5u());
        int dot = forged.IndexOf(';', StringComparison.Ordinal) - 10;
        forged = string.Concat(forged.AsSpan(0, dot), forged[dot] == 'A' ? "B" : "A", forged.AsSpan(dot + 1));
        world.Invite("slow", forged);
        world.Progressed.ShouldBe(["late"]);
        world.Pass(Deadline);
        world.Progressed.ShouldBe(["late", "slow"]);
        StirWorld
            .Header(
                world.Forwarded.Last(message => message.Contains("Call-ID: slow", StringComparison.Ordinal)),
                "From"
            )
            .ShouldContain("verstat=No-TN-Validation");

        world.Host.Open();
        await world.ArriveAsync(1);
        world.Answer("slow", "180 Ringing");
        StirWorld
            .Header(world.Answers.Last(), "Reason")
            .ShouldStartWith("STIR ;cause=438 ;text=\"Invalid Identity Header\" ;ppi=\"..");
        world.Answer("slow", "486 Busy Here");
        (await world.RecordsAsync()).Single(record => record.SipCallId == "slow").Verification.ShouldBe("Failed");
    }

    [Fact]
    public async Task A_verdict_that_comes_before_any_response_goes_out_with_the_final_one()
    {
        await using StirWorld world = new(StirPolicy.Observe);
        world.Invite("slow", world.Identity(world.X5u()));
        world.Pass(Deadline);
        world.Progressed.ShouldBe(["slow"]);
        world.Answers.ShouldAllBe(answer => StirWorld.Header(answer, "Reason").Length == 0);

        world.Host.Close();
        await world.ArriveAsync(1);
        world.Answer("slow", "486 Busy Here");
        string final = world.Answers.Last();
        final.ShouldStartWith("SIP/2.0 486 Busy Here");
        StirWorld.Header(final, "Reason").ShouldStartWith("STIR ;cause=436 ;text=\"Bad Identity Info\"");
    }

    [Fact]
    public async Task A_verdict_after_the_final_response_is_not_told()
    {
        await using StirWorld world = new(StirPolicy.Observe);
        world.Invite("slow", world.Identity(world.X5u()));
        world.Pass(Deadline);
        world.Answer("slow", "486 Busy Here");
        int answers = world.Answers.Count();

        world.Host.Close();
        await world.ArriveAsync(1);

        world.Answers.Count().ShouldBe(answers);
        world.Answers.ShouldAllBe(answer => StirWorld.Header(answer, "Reason").Length == 0);
    }

    [Fact]
    public async Task A_redirection_tells_the_signer_too()
    {
        await using StirWorld world = new(StirPolicy.Observe, mode: "redirect");
        world.Invite("call", world.Identity(world.X5u(), age: 61));

        world.Answers.Last().ShouldStartWith("SIP/2.0 302");
        StirWorld.Header(world.Answers.Last(), "Reason").ShouldStartWith("STIR ;cause=403 ;text=\"Stale Date\"");
    }

    [Fact]
    public async Task Media_keys_that_were_signed_are_those_of_the_offer()
    {
        await using StirWorld world = new(StirPolicy.Refuse);
        world.Host.Open();
        string[] prints = ["sha-256 4A:AD", "sha-256 02:1A"];
        world.Invite(
            "warm",
            world.Identity(world.X5u(), prints: prints),
            offer: Offer("sha-256 02:1A", "sha-256 4a:ad")
        );
        await world.ArriveAsync(1);
        world.Invite("forged", world.Identity(world.X5u(), prints: prints), offer: Offer("sha-256 FF:FF"));

        world.Progressed.ShouldBe(["warm"]);
        world.Answers.Last().ShouldStartWith("SIP/2.0 438 Invalid Identity Header");

        static string Offer(params string[] prints) =>
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/SAVP 0\r\n"
            + string.Concat(prints.Select(print => $"a=fingerprint:{print}\r\n"));
    }

    [Fact]
    public async Task An_asserted_identity_of_a_side_that_is_not_trusted_is_neither_used_nor_passed_on()
    {
        await using StirWorld world = new(StirPolicy.Mark, isTrusted: false);
        world.Invite(
            "call",
            world.Identity(world.X5u(), orig: "+33199009999"),
            "P-Asserted-Identity: <tel:+33199009999>\r\nP-Preferred-Identity: <tel:+33199009999>\r\n"
        );

        string invite = world.Forwarded.First();
        invite.ShouldNotContain("P-Asserted-Identity");
        invite.ShouldNotContain("P-Preferred-Identity");
        StirWorld.Header(invite, "From").ShouldContain("verstat=TN-Validation-Failed", Case.Sensitive, "From counts");
    }

    [Theory]
    [InlineData("P-Asserted-Identity: <sip:+1@a;verstat=TN-Validation-Passed>")]
    [InlineData("P-Asserted-Identity: <sip:+1;verstat=x@a>, <tel:+1;verstat=x>")]
    [InlineData("P-Preferred-Identity: <tel:+1;verstat=x>")]
    [InlineData("Contact: <sip:127.0.0.1:5080>;verstat=x")]
    [InlineData("Refer-To: <tel:+1;verstat=x>")]
    [InlineData("Referred-By: <tel:+1;verstat=x>")]
    [InlineData("Diversion: <tel:+1;verstat=x>;reason=no-answer")]
    [InlineData("History-Info: <tel:+1;verstat=x>;index=1")]
    [InlineData("Remote-Party-ID: <tel:+1;verstat=x>")]
    [InlineData("P-Attestation-Indicator: A")]
    [InlineData("p-attestation-indicator : A")]
    [InlineData("P-Origination-Id: x")]
    [InlineData("Attestation-Info: A")]
    [InlineData("Origination-Id: x")]
    public async Task Nothing_of_it_comes_from_outside_by_any_header(string line)
    {
        await using StirWorld world = new(StirPolicy.Observe);
        world.Invite("call", identity: null, line + "\r\n");

        string invite = world.Forwarded.First();
        foreach (string word in (string[])["erstat", "ttestation", "rigination-"])
        {
            invite.ShouldNotContain(word);
        }
    }

    [Fact]
    public async Task Under_refuse_the_deadline_is_436()
    {
        await using StirWorld world = new(StirPolicy.Refuse);
        world.Invite("slow", world.Identity(world.X5u()));
        world.Pass(Deadline);

        world.Progressed.ShouldBeEmpty();
        world.Answers.Last().ShouldStartWith("SIP/2.0 436 Bad Identity Info");
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_waiting_is_let_go()
    {
        await using StirWorld world = new(StirPolicy.Observe);
        string identity = world.Identity(world.X5u());
        world.Invite("gone", identity);
        world.Cancel("gone");
        world.Answers.ShouldContain(message => message.StartsWith("SIP/2.0 487", StringComparison.Ordinal));

        world.Host.Open();
        await world.ArriveAsync(1);
        world.Progressed.ShouldBeEmpty();

        // The same token by another way is a retry and no replay: the first call came to nothing.
        world.Invite("again", identity);
        world.Answer("again", "486 Busy Here");
        IReadOnlyList<CallRecord> records = await world.RecordsAsync();
        (
            records.Single(record => record.SipCallId == "gone").StatusCode,
            records.Single(record => record.SipCallId == "gone").EndedBy
        ).ShouldBe((487, "caller"));
        records.Single(record => record.SipCallId == "again").Verification.ShouldBe("Passed");
    }

    [Theory]
    [InlineData("none", "428 Use Identity Header")]
    [InlineData("stale", "403 Stale Date")]
    [InlineData("other", "438 Invalid Identity Header")]
    [InlineData("garbage", "438 Invalid Identity Header")]
    public async Task Under_refuse_each_fault_has_its_status_and_phrase(string kind, string status)
    {
        await using StirWorld world = new(StirPolicy.Refuse);
        string? identity = kind switch
        {
            "none" => null,
            "stale" => world.Identity(world.X5u(), age: 61),
            "other" => world.Identity(world.X5u(), orig: "+33199009999"),
            _ => "a.b.c;info=<https://cert.example/a>",
        };
        world.Invite("call", identity);

        world.Progressed.ShouldBeEmpty();
        world.Answers.Last().ShouldStartWith($"SIP/2.0 {status}\r\n");
        CallRecord record = (await world.RecordsAsync()).ShouldHaveSingleItem();
        (record.StatusCode, record.Verdict).ShouldBe((int.Parse(status.AsSpan(0, 3)), "Refuse"));
    }

    [Fact]
    public async Task Under_observe_a_failed_call_goes_on_unmarked_and_the_signer_hears_of_it()
    {
        await using StirWorld world = new(StirPolicy.Observe);
        world.Invite("call", world.Identity(world.X5u(), age: 61));
        world.Answer("call", "486 Busy Here");

        world.Forwarded.First().ShouldNotContain("verstat");
        StirWorld.Header(world.Answers.Last(), "Reason").ShouldStartWith("STIR ;cause=403 ;text=\"Stale Date\"");
    }

    [Fact]
    public async Task What_the_caller_says_of_the_verdict_is_taken_out()
    {
        await using StirWorld world = new(StirPolicy.Observe);
        world.Invite(
            "call",
            identity: null,
            $"P-Asserted-Identity: <tel:{StirWorld.Caller};verstat=TN-Validation-Passed>\r\nP-Attestation-Indicator: A\r\nP-Origination-Id: x\r\n"
                + "Attestation-Info: A\r\nX-Kept: yes\r\nDiversion: <sip:+1@a;verstat=TN-Validation-Passed>;reason=no-answer\r\n"
        );

        string invite = world.Forwarded.Single();
        invite.ShouldNotContain("verstat");
        invite.ShouldNotContain("Attestation");
        invite.ShouldNotContain("Origination");
        StirWorld.Header(invite, "P-Asserted-Identity").ShouldBe($"<tel:{StirWorld.Caller}>");
        StirWorld.Header(invite, "X-Kept").ShouldBe("yes");
    }

    [Fact]
    public async Task Nothing_stops_an_emergency_call()
    {
        await using StirWorld world = new(StirPolicy.Refuse);
        world.Emergency("sos");

        world.Progressed.ShouldBe(["sos"]);
    }
}
