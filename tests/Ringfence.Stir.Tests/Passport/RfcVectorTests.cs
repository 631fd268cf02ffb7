using System.Security.Cryptography;
using System.Text;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Passport;

/// <summary>The tokens that RFCs print, most of which have defects: each is read to its first defect, and those that are sound verify.</summary>
public sealed class RfcVectorTests
{
    private const string AppendixA =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6InBhc3Nwb3J0IiwieDV1IjoiaHR0cHM6Ly9jZXJ0LmV4YW1wbGUub3JnL3Bhc3Nwb3J0LmNlciJ9.eyJkZ"
        + "XN0Ijp7InVyaSI6WyJzaXA6YWxpY2VAZXhhbXBsZS5jb20iXX0sImlhdCI6MTQ3MTM3NTQxOCwib3JpZyI6eyJ0biI6IjEyMTU1NTUxMjEyIn1"
        + "9.VLBCIVDCaeK6M4hLJb6SHQvacAQVvoiiEOWQ_iUkqk79UD81fHQ0E1b3_GluIkba7UWYRM47ZbNFdOJquE35cw";

    private const string Section71 =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6InBhc3Nwb3J0IiwieDV1IjoiaHR0cHM6Ly9jZXJ0LmV4YW1wbGUub3JnL3Bhc3Nwb3J0LmNlciJ9.eyJkZ"
        + "XN0Ijp7InVyaSI6WyJzaXA6YWxpY2VAZXhhbXBsZS5jb20iXX0sImlhdCI6IjE0NDMyMDgzNDUiLCJvcmlnIjp7InRuIjoiMTIxNTU1NTEyMTI"
        + "ifX0.rq3pjT1hoRwakEGjHCnWSwUnshd0-zJ6F1VOgFWSjHBr8Qjpjlk-cpFYpFYsojNCpTzO3QfPOlckGaS6hEck7w";

    private const string JCard =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6InZjYXJkK2pzb24iLCJ4NXUiOiJodHRwczovL2NlcnRzLmV4YW1wbGUubmV0L3JlamVjdF9rZXkuY2VyIn"
        + "0.eyJpYXQiOjE1NDYwMDg2OTgsImpjYXJkIjpbInZjYXJkIixbWyJ2ZXJzaW9uIix7fSwidGV4dCIsIjQuMCJdLFsiZm4iLHt9LCJ0ZXh0Iiwi"
        + "Um9ib2NhbGwgQWRqdWRpY2F0aW9uIl0sWyJlbWFpbCIseyJ0eXBlIjoid29yayJ9LCJ0ZXh0IiwicmVtZWRpYXRpb25AYmxvY2tlci5leGFtcG"
        + "xlLm5ldCJdXV19.7uz2SADRvPFOQOO_UgF2ZTUjPlDTegtPrYB04UHBMwBD6g9AmL5harLJdTKDSTtH-LOV1jwJaGRUOUJiwP27ag";

    private const string Rejection =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6InBhc3Nwb3J0IiwicHB0Ijoic2hha2VuIiwieDV1IjoiaHR0cDovL2NlcnQuZXhhbXBsZTIubmV0L2V4YW"
        + "1wbGUuY2VydCJ9.eyJhdHRlc3QiOiJBIiwiZGVzdCI6eyJ0biI6IisxMjE1NTU1MDExMyJ9LCJpYXQiOiIxNDcxMzc1NDE4Iiwib3JpZyI6eyJ"
        + "0biI6IisxMjE1NTU1MDExMiJ9LCJvcmlnaWQiOiIxMjNlNDU2Ny1lODliLTEyZDMtYTQ1Ni00MjY2NTU0NDAwMCJ9.QAht_eFqQlaoVrnEV56Q"
        + "ly-OUtsDGifyCcpYjWcaR661Cz1hutFH2BzIlDswTahO7ujjqsWjeoOb4h97whTQJg";

    private const string Div =
        "eyJhbGciOiJFUzI1NiIsInBwdCI6ImRpdiIsInR5cCI6InBhc3Nwb3J0IiwieDV1IjoiaHR0cHM6Ly93d3cuZXhhbXBsZS5jb20vY2VydC5jZX"
        + "IifQ.eyJkZXN0Ijp7InRuIjpbIjEyMTU1NTUxMjE0Il19LCJkaXYiOnsidG4iOiIxMjE1NTU1NTEyMTMifSwiaWF0IjoxNDQzMjA4MzQ1LCJvc"
        + "mlnIjp7InRuIjoiMTIxNTU1NTEyMTIifX0.xBHWipDEEJ8a6TsdX6xUXAnblsFiGUiAxwLiv0HLC9IICj6eG9jQd6WzeSSjHRBwxmChHhVIiMT"
        + "SqIlk3yCNkg";

    private const string OptInner =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6InBhc3Nwb3J0IiwieDV1IjoiaHR0cHM6Ly93d3cuZXhhbXBsZS5jb20vY2VydC5jZXIifQ.eyJkZXN0Ijp"
        + "7InRuIjpbIjEyMTU1NTUxMjEzIl19LCJpYXQiOjE0NDMyMDgzNDUsIm9yaWciOnsidG4iOiIxMjE1NTU1MTIxMiJ9fQ.1bEzkzcNbKvgz4QoMx"
        + "0_DJ2T8qFMDC1sPqHPXl1WvbauzRJRvYlZqQ0qgGTlS8tJ_wXjVe07Z3wvDrdApHhhYw";

    private const string DivO =
        "eyJhbGciOiJFUzI1NiIsInBwdCI6ImRpdi1vIiwidHlwIjoicGFzc3BvcnQiLCJ4NXUiOiJodHRwczovL3d3dy5leGFtcGxlLmNvbS9jZXJ0Lm"
        + "NlciJ9.eyJkZXN0Ijp7InRuIjoiMTIxNTU1NTEyMTQifSwiZGl2Ijp7InRuIjoiMTIxNTU1NTUxMjEzIn0sImlhdCI6MTQ0MzIwODM0NSwib3B"
        + "0IjoiZXlKaGJHY2lPaUpGVXpJMU5pSXNJblI1Y0NJNkluQmhjM053YjNKMElpd2llRFYxSWpvaWFIUjBjSE02THk5M2QzY3VaWGhoYlhCc1pTN"
        + "WpiMjB2WTJWeWRDNWpaWElpZlEuZXlKa1pYTjBJanA3SW5SdUlqcGJJakV5TVRVMU5UVXhNakV6SWwxOUxDSnBZWFFpT2pFME5ETXlNRGd6TkR"
        + "Vc0ltOXlhV2NpT25zaWRHNGlPaUl4TWpFMU5UVTFNVEl4TWlKOWZRLjFiRXpremNOYkt2Z3o0UW9NeDBfREoyVDhxRk1EQzFzUHFIUFhsMVd2Y"
        + "mF1elJKUnZZbFpxUTBxZ0dUbFM4dEpfd1hqVmUwN1ozd3ZEcmRBcEhoaFl3Iiwib3JpZyI6eyJ0biI6IjEyMTU1NTUxMjEyIn19.CHeA9wRnth"
        + "l7paMe6rP0TARpmFCXjmi_vF_HRz2O_oulB_R-G9xZNiLVvmvHv4gk6LILaDV2y2VtHTLIEgmHig";

    private const string Rph =
        "eyJhbGciOiJFUzI1NiIsInBwdCI6InJwaCIsInR5cCI6InBhc3Nwb3J0IiwieDV1IjoiaHR0cHM6Ly93d3cuZXhhbXBsZS5jb20vY2VydC5jZX"
        + "IifQo.eyJkZXN0Ijp7WyJ0biI6IjEyMTI1NTUwMTEzIl19LCJpYXQiOiIxNDQzMjA4MzQ1Iiwib3JpZyI6eyJ0biI6IjEyMTU1NTUwMTEyIn0s"
        + "InJwaCI6eyJhdXRoIjpbImV0cy4wIiwid3BzLjAiXX19Cg.s37S6VC8HM6Dl6YzJeQDsrZcwJ0lizxhUrA7f_98oWBHvo-cl-n8MIhoCr18vYY"
        + "Fy3blXvs3fslM_oos2P2Dyw";

    [Fact]
    public void The_token_of_RFC_8225_appendix_A_is_well_formed_and_canonical_and_signed_by_no_printed_key()
    {
        PassportToken token = Read(AppendixA);

        var claims = new PassportClaims
        {
            IssuedAt = 1471375418,
            Orig = ClaimedIdentity.Number("12155551212"),
            Dest = [ClaimedIdentity.Uri("sip:alice@example.com")],
        };
        PassportWriter.SigningInput(claims, PassportType.Baseline, StirRig.X5u).ShouldBe(token.SigningInput.ToArray());
        Holds(token, Rfc8225Key()).ShouldBeFalse();
        Holds(token, StirRig.LoadKey()).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Section71, Fault.IatNotInteger)]
    [InlineData(Rejection, Fault.IatNotInteger)]
    [InlineData(JCard, Fault.JoseType)]
    [InlineData(DivO, Fault.DestMalformed)]
    [InlineData(Rph, Fault.ClaimsSyntax)]
    public void A_printed_token_with_a_defect_is_refused_for_it(string token, Fault fault) =>
        PassportReader.Read(Encoding.ASCII.GetBytes(token), out _).ShouldBe(fault);

    [Fact]
    public void The_signature_of_RFC_8225_section_7_1_holds_over_its_bytes()
    {
        string[] parts = Section71.Split('.');
        byte[] signature = System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]);
        using ECDsa key = Rfc8225Key();
        key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature, HashAlgorithmName.SHA256)
            .ShouldBeTrue();
    }

    [Fact]
    public void The_diversion_of_RFC_8946_holds_and_does_not_link_up_for_its_misprint()
    {
        PassportToken div = Read(Div);
        PassportToken inner = Read(OptInner);

        Holds(div, StirRig.LoadKey()).ShouldBeTrue();
        Holds(inner, StirRig.LoadKey()).ShouldBeTrue();
        div.Claims.Div.ShouldBe(ClaimedIdentity.Number("121555551213"));
        inner.Claims.Dest.ShouldBe([ClaimedIdentity.Number("12155551213")]);
    }

    [Fact]
    public void The_header_of_RFC_8946_section_4_1_is_read()
    {
        byte[] value = Encoding.ASCII.GetBytes(Div + ";info=<https://www.example.com/cert.cer>;ppt=\"div\"");
        IdentityHeaderReader.Read(value, out IdentityHeader header).ShouldBe(Fault.None);

        Encoding.ASCII.GetString(header.Info.Span).ShouldBe("https://www.example.com/cert.cer");
        Encoding.ASCII.GetString(header.Ppt.Span).ShouldBe("div");
        header.Alg.IsEmpty.ShouldBeTrue();
    }

    private static PassportToken Read(string token)
    {
        PassportReader.Read(Encoding.ASCII.GetBytes(token), out PassportToken? passport).ShouldBe(Fault.None);
        return passport!;
    }

    private static bool Holds(PassportToken token, ECDsa key)
    {
        using (key)
        {
            return key.VerifyData(token.SigningInput.Span, token.Signature.Span, HashAlgorithmName.SHA256);
        }
    }

    private static ECDsa Rfc8225Key()
    {
        var key = ECDsa.Create();
        key.ImportFromPem(
            """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8HNbQd/TmvCKwPKHkMF9fScavGeH
            78YTU8qLS8I5HLHSSmlATLcslQMhNC/OhlWBYC626nIlo7XeebYS7Sb37g==
            -----END PUBLIC KEY-----
            """
        );
        return key;
    }
}
