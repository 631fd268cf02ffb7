using System.Text;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Storage;
using Ringfence.Screening.Lists;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Tests.Stages;

public sealed class SigningTests
{
    [Theory]
    [InlineData(Attestation.C)]
    [InlineData(Attestation.B)]
    public async Task A_call_on_its_way_out_is_signed_and_dated(Attestation level)
    {
        await using StirWorld world = new(StirPolicy.Off, sign: level);
        world.Invite("call", identity: null);
        world.Answer("call", "486 Busy Here");

        PassportToken token = Tokens(world).ShouldHaveSingleItem();
        (token.Type, token.Claims.Attest, token.X5u).ShouldBe((PassportType.Shaken, level, world.X5u()));
        (token.Claims.Orig.Value, token.Claims.Dest.Single().Value).ShouldBe(
            (StirWorld.Caller[1..], StirWorld.Callee[1..])
        );
        StirWorld.Header(world.Forwarded.First(), "Date").ShouldBe("Sun, 22 Nov 2026 12:00:00 GMT");
        CallRecord record = (await world.RecordsAsync()).ShouldHaveSingleItem();
        (record.Signed, record.SigningReason, record.Verification).ShouldBe((level.ToString(), "TrunkDefault", ""));
    }

    [Fact]
    public async Task Where_the_target_is_another_number_a_div_says_so()
    {
        await using StirWorld world = new(
            StirPolicy.Off,
            target: "sip:+33180009999@127.0.0.1:5090",
            sign: Attestation.C
        );
        world.Invite("call", identity: null);

        PassportToken[] tokens = Tokens(world);
        tokens.Select(token => token.Type).ShouldBe([PassportType.Shaken, PassportType.Div]);
        (tokens[1].Claims.Div!.Value.Value, tokens[1].Claims.Dest.Single().Value).ShouldBe(
            (StirWorld.Callee[1..], "33180009999")
        );
    }

    [Fact]
    public async Task A_call_that_is_signed_already_is_not_signed_again()
    {
        await using StirWorld world = new(StirPolicy.Off, sign: Attestation.C);
        world.Invite("call", world.Identity(world.X5u()));
        world.Answer("call", "486 Busy Here");

        Tokens(world).ShouldHaveSingleItem().Claims.Attest.ShouldBe(Attestation.A);
        (await world.RecordsAsync()).ShouldHaveSingleItem().SigningReason.ShouldBe("AlreadySigned");
    }

    [Fact]
    public async Task An_emergency_call_is_not_signed()
    {
        await using StirWorld world = new(StirPolicy.Off, sign: Attestation.C);
        world.Emergency("sos");

        Tokens(world).ShouldBeEmpty();
        world.Progressed.ShouldBe(["sos"]);
    }

    [Fact]
    public async Task A_caller_that_withholds_its_number_is_not_signed()
    {
        await using StirWorld world = new(StirPolicy.Off, sign: Attestation.C);
        world.Invite("call", identity: null, "Privacy: id\r\n");

        Tokens(world).ShouldBeEmpty();
        world.Progressed.ShouldBe(["call"]);
    }

    [Fact]
    public async Task A_trunk_signs_no_more_than_its_quota_in_a_minute()
    {
        await using StirWorld world = new(
            StirPolicy.Off,
            sign: Attestation.C,
            signing: sign => sign with { QuotaPerMinute = 2, Own = List("+33199*") }
        );
        for (int i = 0; i < 3; i++)
        {
            world.Invite($"c{i}", identity: null);
        }

        Signed(world).ShouldBe(["A", "A", ""]);
        world.Progressed.ShouldBe(["c0", "c1", "c2"], "what is over the quota goes on unsigned");
        world.Pass(TimeSpan.FromMinutes(1));
        world.Invite("next", identity: null);
        Signed(world)[^1].ShouldBe("A");
    }

    [Theory]
    [InlineData("+33199*", "A", "CustomerOwnsNumber")]
    [InlineData("+44*", "B", "CustomerKnown")]
    public async Task A_customer_has_its_own_quota_and_its_own_numbers(string numbers, string level, string reason)
    {
        await using StirWorld world = new(
            StirPolicy.Off,
            sign: Attestation.C,
            signing: sign =>
                sign with
                {
                    QuotaPerMinute = 100,
                    Own = List("+33199*"),
                    Named =
                    [
                        new StirCustomerConfiguration
                        {
                            Name = "acme",
                            Numbers = List(numbers),
                            Trunks = new HashSet<string> { "carrier" },
                            QuotaPerMinute = 1,
                        },
                    ],
                }
        );
        world.Invite("first", identity: null);
        world.Invite("second", identity: null);
        world.Answer("first", "486 Busy Here");
        world.Answer("second", "486 Busy Here");

        Signed(world).ShouldBe([level, ""]);
        IReadOnlyList<CallRecord> records = await world.RecordsAsync();
        records.Single(record => record.SipCallId == "first").SigningReason.ShouldBe(reason);
        records.Single(record => record.SipCallId == "second").SigningReason.ShouldBe("QuotaExceeded");
    }

    [Fact]
    public async Task A_customer_without_trunks_is_known_by_its_numbers()
    {
        await using StirWorld world = new(
            StirPolicy.Off,
            sign: Attestation.C,
            signing: sign =>
                sign with
                {
                    Named =
                    [
                        new StirCustomerConfiguration
                        {
                            Name = "other",
                            Numbers = List("+44*"),
                            Trunks = new HashSet<string>(),
                        },
                        new StirCustomerConfiguration
                        {
                            Name = "acme",
                            Numbers = List(StirWorld.Caller),
                            Trunks = new HashSet<string>(),
                        },
                    ],
                }
        );
        world.Invite("call", identity: null);

        Signed(world).ShouldBe(["A"]);
    }

    [Fact]
    public async Task A_call_within_the_same_number_is_no_diversion()
    {
        await using StirWorld world = new(
            StirPolicy.Off,
            target: $"sip:{StirWorld.Callee}@127.0.0.1:5090",
            sign: Attestation.C
        );
        world.Invite("call", identity: null);

        Tokens(world).ShouldHaveSingleItem().Type.ShouldBe(PassportType.Shaken);
    }

    [Fact]
    public async Task A_retargeted_call_that_came_signed_keeps_its_token_under_the_div()
    {
        await using StirWorld world = new(
            StirPolicy.Off,
            target: "sip:+33180009999@127.0.0.1:5090",
            sign: Attestation.C
        );
        world.Invite("call", world.Identity(world.X5u()));

        PassportToken[] tokens = Tokens(world);
        tokens.Select(token => token.Type).ShouldBe([PassportType.Shaken, PassportType.Div]);
        tokens[1].Claims.IssuedAt.ShouldBe(tokens[0].Claims.IssuedAt);
    }

    private static NumberList List(params string[] numbers)
    {
        var builder = new NumberListBuilder();
        foreach (string number in numbers)
        {
            builder.TryAdd(number, label: null, out string? fault).ShouldBeTrue(fault);
        }

        return builder.Build();
    }

    /// <summary>The attestation of each call that went on, in their order; nothing for one that was not signed.</summary>
    private static string[] Signed(StirWorld world) =>
        [
            .. world
                .Forwarded.Where(message => message.StartsWith("INVITE", StringComparison.Ordinal))
                .DistinctBy(message => StirWorld.Header(message, "Call-ID"))
                .Select(message =>
                    Tokens(message).FirstOrDefault()?.Claims.Attest is { } level ? level.ToString() : ""
                ),
        ];

    private static PassportToken[] Tokens(StirWorld world) => Tokens(world.Forwarded.First());

    private static PassportToken[] Tokens(string message) =>
        [
            .. message
                .Split("\r\n")
                .Where(line => line.StartsWith("Identity:", StringComparison.Ordinal))
                .Select(line =>
                {
                    IdentityHeaderReader
                        .Read(Encoding.ASCII.GetBytes(line[9..]), out IdentityHeader header)
                        .ShouldBe(Fault.None);
                    PassportReader.Read(header.Token, out PassportToken? token).ShouldBe(Fault.None);
                    return token!;
                }),
        ];
}
