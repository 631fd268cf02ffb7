using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Verification;

/// <summary>RFC 7515 §3.1, RFC 8225 §7: faults of the token's three parts.</summary>
public sealed class TokenFaultTests
{
    private readonly StirRig _rig = new();

    [Fact]
    public void A_token_of_two_parts_is_refused() => Refuses(WithoutLastPart(_rig.Shaken()), Fault.TokenParts);

    [Fact]
    public void A_token_of_four_parts_is_refused() => Refuses(_rig.Shaken() + ".AAAA", Fault.TokenParts);

    [Fact]
    public void A_token_of_one_part_is_refused() => Refuses("AAAA", Fault.TokenParts);

    [Fact]
    public void A_token_without_header_is_refused() =>
        Refuses(_rig.Shaken()[_rig.Shaken().IndexOf('.', StringComparison.Ordinal)..], Fault.TokenHalfCompact);

    [Fact]
    public void A_token_without_payload_is_refused()
    {
        string[] parts = _rig.Shaken().Split('.');
        Refuses($"{parts[0]}..{parts[2]}", Fault.TokenHalfCompact);
    }

    [Fact]
    public void Base64_with_plus_and_slash_is_refused()
    {
        string[] parts = _rig.Shaken().Split('.');
        Refuses($"{parts[0]}.{parts[1]}.{parts[2][..84]}+/", Fault.TokenBase64);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Padding_is_refused_in_every_part(int part)
    {
        string[] parts = _rig.Shaken().Split('.');
        parts[part] += "==";
        Refuses(string.Join('.', parts), Fault.TokenPadding);
    }

    [Fact]
    public void A_part_of_an_impossible_length_is_refused()
    {
        string[] parts = _rig.Shaken().Split('.');
        Refuses($"{parts[0]}.{parts[1]}.{parts[2][..85]}", Fault.TokenBase64Bits);
    }

    [Fact]
    public void Bits_past_the_end_of_the_signature_are_refused()
    {
        // 64 octets leave four bits in the last character; setting them makes a second spelling of the same signature.
        string token = _rig.Shaken();
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char last = Alphabet[Alphabet.IndexOf(token[^1], StringComparison.Ordinal) | 1];
        Refuses(token[..^1] + last, Fault.TokenBase64Bits);
    }

    [Fact]
    public void A_signature_that_is_too_short_is_refused() =>
        Refuses(WithoutLastPart(_rig.Shaken()) + ".AAAA", Fault.TokenSignatureLength);

    [Fact]
    public void An_empty_signature_is_refused() =>
        Refuses(WithoutLastPart(_rig.Shaken()) + ".", Fault.TokenSignatureLength);

    [Fact]
    public void A_signature_of_P_521_is_refused() =>
        Refuses(WithoutLastPart(_rig.Shaken()) + "." + new string('A', 176), Fault.TokenSignatureLength);

    [Fact]
    public void A_DER_signature_is_refused_for_what_it_is()
    {
        string input = WithoutLastPart(_rig.Shaken());
        byte[] der = _rig.Key.SignData(
            System.Text.Encoding.ASCII.GetBytes(input),
            System.Security.Cryptography.HashAlgorithmName.SHA256,
            System.Security.Cryptography.DSASignatureFormat.Rfc3279DerSequence
        );
        Refuses($"{input}.{System.Buffers.Text.Base64Url.EncodeToString(der)}", Fault.TokenSignatureDer);
    }

    [Fact]
    public void The_compact_form_of_an_extension_is_refused() =>
        _rig.RefusesHeader(StirRig.Header(".." + _rig.Shaken().Split('.')[2], "shaken"), Fault.CompactNotPermitted);

    [Fact]
    public void The_compact_form_without_a_date_is_refused() =>
        Refuses(".." + _rig.Shaken().Split('.')[2], Fault.CompactWithoutDate);

    [Fact]
    public void The_compact_form_with_a_fourth_part_is_refused() =>
        Refuses(".." + _rig.Shaken().Split('.')[2] + ".A", Fault.TokenParts);

    private void Refuses(string token, Fault fault) => _rig.RefusesToken(token, fault, 438, "Invalid Identity Header");

    private static string WithoutLastPart(string token) => token[..token.LastIndexOf('.')];
}
