using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Claims;

/// <summary>RFC 8225 §9 and the extensions: what is written, and read back.</summary>
public sealed class ClaimsTests
{
    private readonly StirRig _rig = new();

    [Fact]
    public void Claims_are_written_in_the_order_of_their_code_points()
    {
        PassportClaims claims = StirRig.Claims() with
        {
            Dest =
            [
                ClaimedIdentity.Uri("sip:b@example.com"),
                ClaimedIdentity.Number("2"),
                ClaimedIdentity.Uri("sip:a@example.com"),
                ClaimedIdentity.Number("10"),
            ],
            Rcd = new RichCallData
            {
                Name = "Q \"+\" é",
                Icon = "https://a/b.png",
                Integrity = new Dictionary<string, string> { ["/icn"] = "sha256-x" },
            },
            CallReason = "a\tb",
        };
        Write(claims)
            .ShouldBe(
                "{\"attest\":\"A\",\"crn\":\"a\\tb\",\"dest\":{\"tn\":[\"10\",\"2\"],\"uri\":[\"sip:a@example.com\",\"sip:b@example.com\"]},\"iat\":1700000000,"
                    + "\"orig\":{\"tn\":\"12155550121\"},\"origid\":\"123e4567-e89b-12d3-a456-426655440000\","
                    + "\"rcd\":{\"icn\":\"https://a/b.png\",\"nam\":\"Q \\\"+\\\" é\"},\"rcdi\":{\"/icn\":\"sha256-x\"}}"
            );
    }

    [Fact]
    public void Priorities_are_written_as_RFC_9027_has_them()
    {
        var claims = new PassportClaims
        {
            IssuedAt = 1615471428,
            Orig = ClaimedIdentity.Number("12155551213"),
            Dest = [ClaimedIdentity.Number("12155551212")],
            ResourcePriorities = ["esnet.0"],
            IsEmergencyCallback = true,
        };
        Write(claims)
            .ShouldBe(
                "{\"dest\":{\"tn\":[\"12155551212\"]},\"iat\":1615471428,\"orig\":{\"tn\":\"12155551213\"},\"rph\":{\"auth\":[\"esnet.0\"]},\"sph\":\"psap-callback\"}"
            );
    }

    [Fact]
    public void Rich_call_data_with_a_card_and_digests_passes()
    {
        const string Card = "[\"vcard\",[[\"fn\",{},\"text\",\"Q Branch\"]]]";
        var integrity = new Dictionary<string, string>
        {
            ["/nam"] = "sha256-sM275lTgzCte+LHOKHtU4SxG8shlOo6OS4ot8IJQImY",
            ["/jcd"] = RcdDigest.Of(Encoding.UTF8.GetBytes(Card)),
            ["/jcd/1/0/3"] = RcdDigest.Of("\"Q Branch\""u8),
        };
        PassportClaims claims = StirRig.Claims() with
        {
            Attest = Attestation.None,
            OrigId = null,
            Rcd = new RichCallData
            {
                Name = "Q Branch Spy Gadgets",
                Card = Card,
                Integrity = integrity,
            },
        };
        string token = _rig.Sign(StirRig.JoseJson.Replace("shaken", "rcd", StringComparison.Ordinal), Write(claims));
        VerificationResult result = _rig.Verify(StirRig.Header(token, "rcd"));

        result.Outcome.ShouldBe(VerificationOutcome.Passed);
        result.Attestation.ShouldBe(Attestation.None);
        RichCallData rcd = result.Believed!.Passport!.Claims.Rcd!;
        rcd.Name.ShouldBe("Q Branch Spy Gadgets");
        rcd.Card.ShouldBe(Card);
    }

    [Fact]
    public void A_digest_tells_content_that_was_changed()
    {
        string digest = RcdDigest.Of("icon"u8);
        RcdDigest.Matches(digest, "icon"u8).ShouldBeTrue();
        RcdDigest.Matches(digest, "icom"u8).ShouldBeFalse();
        RcdDigest.Matches("md5-x", "icon"u8).ShouldBeFalse();
    }

    [Fact]
    public void Fingerprints_become_keys_in_the_order_of_RFC_8225()
    {
        MediaKey
            .FromFingerprints(["SHA-256 4a:ad", "sha-256 02:1A", "sha-256 02:1a", "broken"])
            .ShouldBe([new MediaKey("sha-256", "021A"), new MediaKey("sha-256", "4AAD")]);
    }

    [Theory]
    [InlineData("\\u0041", "A")]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("a\\\"\\\\\\/\\b\\f\\n\\r\\tz", "a\"\\/\b\f\n\r\tz")]
    public void Escapes_are_read(string escaped, string plain)
    {
        JsonTape.Read(Encoding.UTF8.GetBytes($"{{\"x\":\"{escaped}\"}}"), out JsonTape? tape).ShouldBe(JsonFault.None);
        tape!.Root["x"u8].Text.ShouldBe(plain);
    }

    [Fact]
    public void Control_characters_are_written_as_escapes()
    {
        var output = new ArrayBufferWriter<byte>();
        JsonText.Write(output, "\u0001\u001f/\u007f");
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe("\"\\u0001\\u001f/\u007f\"");
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        Gen<string> text = Gen.Choose(0, 0x2FF)
            .Select(code => (char)code)
            .ArrayOf()
            .Select(letters => new string(letters));
        Gen<ClaimedIdentity> identity =
            from isUri in Gen.Elements(true, false)
            from name in text
            from number in Gen.Choose(0, int.MaxValue)
            select isUri ? ClaimedIdentity.Uri("sip:" + name) : ClaimedIdentity.Number($"{number}");
        Gen<PassportClaims> all =
            from orig in identity
            from dest in identity.NonEmptyListOf()
            from iat in Gen.Choose(0, int.MaxValue)
            from level in Gen.Elements(Attestation.A, Attestation.B, Attestation.C)
            from name in text
            from reason in text
            select new PassportClaims
            {
                IssuedAt = iat,
                Orig = orig,
                Dest = [.. dest.Take(50).OrderBy(d => d.IsUri).ThenBy(d => d.Value, StringComparer.Ordinal)],
                Attest = level,
                OrigId = StirRig.OrigId,
                Rcd = new RichCallData { Name = name },
                CallReason = reason,
            };
        Prop.ForAll(all.ToArbitrary(), ReadsBack)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(8225, 1));
    }

    private static void ReadsBack(PassportClaims claims)
    {
        byte[] json = Encoding.UTF8.GetBytes(Write(claims));
        ClaimsReader.Read(json, PassportType.Shaken, out _, out PassportClaims? read).ShouldBe(Fault.None);
        read!.Dest.ShouldBe(claims.Dest);
        (read.Orig, read.IssuedAt, read.Attest, read.CallReason, read.Rcd!.Name).ShouldBe(
            (claims.Orig, claims.IssuedAt, claims.Attest, claims.CallReason, claims.Rcd!.Name)
        );
        Write(read).ShouldBe(Write(claims));
    }

    private static string Write(PassportClaims claims)
    {
        var output = new ArrayBufferWriter<byte>();
        ClaimsWriter.Write(output, claims);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
