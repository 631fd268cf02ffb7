using System.Globalization;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>For each rule of refusals a call that shows it, and one nearly alike that does not.</summary>
internal static class BlockedScenarios
{
    private static readonly string Url = SignedFiles.Url("chain");
    private const string Plus = "Reason: SIP;cause=603;text=\"v=analytics1;url=https://example.org\";location=TN\r\n";

    public static IEnumerable<(string Id, Script Shows, Script Almost)> All()
    {
        yield return ("BK-01", Start().B(180).Wait(3).B(607), Start().B(180).Wait(3).B(486));
        yield return ("BK-02", Start().B(607), Start().B(180).Wait(3).B(607));
        yield return (
            "BK-03",
            Start().B(608),
            FormScenarios.Understood().B(608, headers: "Call-Info: <https://example.org/j>;purpose=jwscard\r\n")
        );
        yield return ("BK-04", Start().B(603, headers: Plus, phrase: "Network Blocked"), Start().B(603));
        yield return ("BK-05", Legs(603, Plus, 480), Legs(603, Plus, 603, Plus));
        yield return ("BK-06", Start().B(603), Start().B(603, headers: Plus));
        yield return ("BK-07", Start().B(607).Call("2").A("INVITE"), Start().B(486).Call("2").A("INVITE"));
        yield return ("BK-08", Legs(607, "", 480), Legs(607, "", 607));
        yield return ("BK-09", Signed(Attestation.C).B(603), Signed(Attestation.A).B(603));
        yield return ("BK-10", Start().B(428), Signed(Attestation.A).B(428));
        yield return ("BK-11", Lost(false), Lost(true));
        yield return ("BK-12", Signed(Attestation.A, age: 300).B(403), Signed(Attestation.A, age: 30).B(403));
        yield return ("BK-13", Dated(600), Dated(1));
        yield return (
            "BK-14",
            Signed(Attestation.A, info: "https://other.example.org/").B(436),
            Signed(Attestation.A).B(438)
        );
        yield return (
            "BK-15",
            Signed(Attestation.A, chain: "expired").B(437),
            Signed(Attestation.A, chain: "chain").B(437)
        );
        yield return (
            "BK-16",
            Signed(Attestation.A, chain: "foreign").B(437),
            Signed(Attestation.A, chain: "chain").B(438)
        );
        yield return (
            "BK-17",
            new Script().A("INVITE", headers: Identity(Header("RS256"))).B(437),
            Signed(Attestation.A).B(437)
        );
        yield return ("BK-18", Signed(Attestation.A, orig: "33999999999").B(438), Signed(Attestation.A).B(438));
        yield return ("BK-19", Signed(Attestation.A, dest: "33999999999").B(438), Signed(Attestation.A).B(438));
        yield return ("BK-20", SignedInDer().B(438), Signed(Attestation.A).B(438));
        yield return (
            "BK-21",
            new Script().A("INVITE", headers: "Identity: nonsense\r\n").B(400),
            Signed(Attestation.A).B(400)
        );
        yield return (
            "BK-22",
            Signed(Attestation.A).B(180, headers: "Reason: STIR;cause=438;text=\"Invalid\"\r\n"),
            Signed(Attestation.A).B(180, headers: "Reason: SIP;cause=438\r\n")
        );
        yield return ("BK-23", Marked("expired"), Marked("chain"));
        yield return (
            "BK-24",
            new Script().Call("1", from: "anonymous").A("INVITE").B(433),
            new Script().A("INVITE").B(403)
        );
        yield return ("BK-25", Blocked(486), Blocked(200));
        yield return ("BK-26", Flood(30), Flood(5));
        yield return ("BK-27", Short(6), Short(3));
        yield return ("BK-28", Start().B(403, phrase: "Relay denied"), Start().B(403, phrase: "Forbidden"));
    }

    private static Script Start() => new Script().A("INVITE", Script.Offer).B(100);

    private static Script Signed(
        Attestation attest,
        int age = 0,
        string info = "",
        string orig = "33140000001",
        string dest = "33140000002",
        string headers = "",
        string chain = "chain"
    )
    {
        var script = new Script();
        var passport = Passport(script, attest, age, info, orig, dest, chain);
        return script.A("INVITE", Script.Offer, passport + headers);
    }

    private static Script Marked(string chain) =>
        Signed(
                Attestation.A,
                headers: "P-Asserted-Identity: <sip:+33140000001;verstat=TN-Validation-Passed@example.org>\r\n",
                chain: chain
            )
            .B(180);

    private static string Passport(
        Script script,
        Attestation attest,
        int age = 0,
        string info = "",
        string orig = "33140000001",
        string dest = "33140000002",
        string chain = "chain"
    )
    {
        var token = SignedFiles.Token(chain, Claims(script, attest, age, orig, dest));
        var url = info.Length > 0 ? info : SignedFiles.Url(chain);
        return $"Identity: {IdentityHeader.Format(token, url, PassportType.Shaken)}\r\n";
    }

    private static PassportClaims Claims(
        Script script,
        Attestation attest,
        int age = 0,
        string orig = "33140000001",
        string dest = "33140000002"
    ) =>
        new()
        {
            IssuedAt = (script.Now / 1_000) - age,
            Orig = ClaimedIdentity.Number(orig),
            Dest = [ClaimedIdentity.Number(dest)],
            Attest = attest,
            OrigId = "de305d54-75b4-431b-adb2-eb6b9e546014",
        };

    // The signature as most libraries give it at first, which is not as a JWS has it (RFC 7518 §3.4).
    private static Script SignedInDer()
    {
        var script = new Script();
        var input = PassportWriter.SigningInput(
            Claims(script, Attestation.A),
            PassportType.Shaken,
            SignedFiles.Url("chain")
        );
        var pair = SignedFiles.Signature("chain", input);
        var der = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (der.PushSequence())
        {
            der.WriteIntegerUnsigned(pair.AsSpan(0, 32));
            der.WriteIntegerUnsigned(pair.AsSpan(32));
        }

        return script.A("INVITE", Script.Offer, Identity(PassportWriter.Full(input, der.Encode())));
    }

    private static Script Dated(int apart)
    {
        var script = new Script();
        var date = DateTimeOffset.FromUnixTimeSeconds((script.Now / 1_000) + apart);
        var header = $"Date: {date.ToString("ddd, dd MMM yyyy HH:mm:ss 'GMT'", CultureInfo.InvariantCulture)}\r\n";
        return Signed(Attestation.A, headers: header).B(403);
    }

    private static string Header(string alg)
    {
        static string Part(string json) =>
            System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(json));
        var head = Part($$"""{"alg":"{{alg}}","ppt":"shaken","typ":"passport","x5u":"{{Url}}"}""");
        var claims = Part(
            """{"attest":"A","dest":{"tn":["33140000002"]},"iat":1700000000,"orig":{"tn":"33140000001"},"origid":"de305d54-75b4-431b-adb2-eb6b9e546014"}"""
        );
        return $"{head}.{claims}.{System.Buffers.Text.Base64Url.EncodeToString(new byte[64])}";
    }

    private static string Identity(string token) => $"Identity: {token};info=<{Url}>;alg=ES256;ppt=\"shaken\"\r\n";

    private static Script Legs(int inner, string innerHeaders, int outer, string outerHeaders = "") =>
        new Script()
            .Call("x", a: "203.0.113.9", b: "203.0.113.10")
            .A("INVITE")
            .Call("x_leg", a: Script.AHost, b: Script.BHost)
            .A("INVITE")
            .B(inner, headers: innerHeaders)
            .Call("x", a: "203.0.113.9", b: "203.0.113.10")
            .B(outer, headers: outerHeaders);

    private static Script Lost(bool kept)
    {
        var script = new Script().Call("x", a: "203.0.113.9", b: "203.0.113.10");
        var identity = Passport(script, Attestation.A);
        return script
            .A("INVITE", headers: identity)
            .Call("x_leg", a: Script.AHost, b: Script.BHost)
            .A("INVITE", headers: kept ? identity : "");
    }

    private static Script Blocked(int status)
    {
        var script = new Script();
        for (var i = 0; i < 3; i++)
        {
            script.Call("b" + i).A("INVITE").Wait(-0.05).B(status).Wait(9);
        }

        return script.Call("other", from: "+33140000009").A("INVITE").B(180);
    }

    private static Script Flood(int calls)
    {
        var script = new Script();
        for (var i = 0; i < calls; i++)
        {
            script.Call("f" + i).A("INVITE").Wait(-0.09).B(i < calls / 2 ? 200 : 503).Wait(-0.09);
        }

        return script;
    }

    private static Script Short(int calls)
    {
        var script = new Script();
        for (var i = 0; i < calls; i++)
        {
            script.Call("s" + i, to: "+3314000010" + i).A("INVITE").B(180).Wait(1).A("CANCEL").B(487).Wait(1);
        }

        return script;
    }
}
