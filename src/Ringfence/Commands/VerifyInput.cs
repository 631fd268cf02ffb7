using System.Text;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Stages;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;
using Fault = Ringfence.Stir.Verification.Fault;

namespace Ringfence.Commands;

/// <summary>What <c>ringfence verify</c> was given: a SIP request, or an Identity header alone.</summary>
/// <param name="Facts">The call.</param>
/// <param name="Tokens">The PASSporTs that can be read.</param>
/// <param name="IsUnbound">True where caller or called were taken from the token.</param>
internal sealed record VerifyInput(SignedCall Facts, IReadOnlyList<PassportToken> Tokens, bool IsUnbound)
{
    /// <summary>When the first was issued.</summary>
    internal DateTimeOffset? IssuedAt =>
        Tokens.Count > 0 ? DateTimeOffset.FromUnixTimeSeconds(Tokens[0].Claims.IssuedAt) : null;

    /// <summary>Where the certificates lie.</summary>
    internal IEnumerable<string> Locations => Tokens.Select(token => token.X5u).Distinct(StringComparer.Ordinal);

    /// <summary>Reads it; null, and the reason, when there is nothing to verify.</summary>
    internal static VerifyInput? Read(string input, string? from, string? to, out string fault)
    {
        byte[] bytes =
            input == "-" ? Encoding.UTF8.GetBytes(Console.In.ReadToEnd())
            : File.Exists(input) ? File.ReadAllBytes(input)
            : Encoding.UTF8.GetBytes(input);
        string text = Encoding.Latin1.GetString(bytes).Trim();
        string first = text.Split('\n', 2)[0];
        fault = first.Contains('.') ? "" : $"\"{input}\" is no file, no SIP message and no Identity header";
        return fault.Length > 0 ? null
            : first.TrimEnd().EndsWith(" SIP/2.0", StringComparison.Ordinal) ? OfMessage(text, out fault)
            : OfHeader(text, from, to, out fault);
    }

    private static VerifyInput? OfMessage(string text, out string fault)
    {
        // A message that went through an editor has lost its carriage returns and perhaps its empty line.
        string wire = text.ReplaceLineEndings("\r\n");
        wire = wire.Contains("\r\n\r\n", StringComparison.Ordinal) ? wire : wire + "\r\n\r\n";
        fault = "the SIP message cannot be read, or is no request";
        if (SipParser.Parse(Encoding.Latin1.GetBytes(wire), ParserLimits.Default).Message is not SipRequest request)
        {
            return null;
        }

        var facts = StirFacts.Of(request, new StirTrunkConfiguration());
        fault = "the SIP message has no Identity header";
        return facts.Identities.Count == 0 ? null : new VerifyInput(facts, TokensOf(facts), IsUnbound: false);
    }

    private static VerifyInput? OfHeader(string text, string? from, string? to, out string fault)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        bool isNamed =
            colon > 0
            && text[..colon].Trim() is var name
            && (name.Equals("Identity", StringComparison.OrdinalIgnoreCase) || name is "y" or "Y");
        string value = isNamed ? text[(colon + 1)..].Trim() : text;
        List<PassportToken> tokens = TokensOf(SignedCall.Of(value, "", "", ""));
        PassportClaims? claims = tokens.Count > 0 ? tokens[0].Claims : null;
        string? caller = Uri(from) ?? Uri(claims?.Orig);
        string? called = Uri(to) ?? Uri(tokens.Count > 0 ? tokens[^1].Claims.Dest[0] : null);
        fault =
            from is not null && Uri(from) is null ? $"--from {from}: a number or a SIP URI"
            : to is not null && Uri(to) is null ? $"--to {to}: a number or a SIP URI"
            : "";
        return fault.Length > 0
            ? null
            : new VerifyInput(
                SignedCall.Of(value, caller ?? "sip:unknown.invalid", called ?? "sip:unknown.invalid", "verify"),
                tokens,
                from is null || to is null
            );
    }

    private static List<PassportToken> TokensOf(SignedCall facts)
    {
        List<PassportToken> tokens = [];
        foreach (ReadOnlyMemory<byte> value in facts.Identities)
        {
            if (
                IdentityHeaderReader.Read(value, out IdentityHeader header) == Fault.None
                && PassportReader.Read(header.Token, out PassportToken? token) == Fault.None
            )
            {
                tokens.Add(token!);
            }
        }

        return tokens;
    }

    private static string? Uri(string? name) => name is null ? null : Uri(SignCommand.Identity(name));

    private static string? Uri(ClaimedIdentity? identity) =>
        identity is not { } known ? null
        : known.IsUri ? known.Value
        : $"tel:+{known.Value}";
}
