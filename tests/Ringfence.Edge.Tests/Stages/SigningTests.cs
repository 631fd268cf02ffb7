using System.Text;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Storage;
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

    private static PassportToken[] Tokens(StirWorld world) =>
        [
            .. world
                .Forwarded.First()
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
