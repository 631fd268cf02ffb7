using System.Buffers;
using System.Globalization;
using System.Text;
using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Claims;

/// <summary>
/// Writes claims in the one form that is signed: no white space, members in the order of their code points, fewest escapes
/// (RFC 8225 §9).
/// </summary>
internal static class ClaimsWriter
{
    public static void Write(IBufferWriter<byte> output, PassportClaims claims)
    {
        char lead = '{';
        if (claims.Attest != Attestation.None)
        {
            Member(output, ref lead, "attest", claims.Attest.ToString());
        }

        if (claims.CallReason is { } reason)
        {
            Member(output, ref lead, "crn", reason);
        }

        Name(output, ref lead, "dest");
        WriteDest(output, claims.Dest);
        if (claims.Div is { } div)
        {
            Name(output, ref lead, "div");
            WriteOne(output, div);
        }

        Name(output, ref lead, "iat");
        claims.IssuedAt.TryFormat(output.GetSpan(20), out int written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
        if (claims.MediaKeys.Count > 0)
        {
            Name(output, ref lead, "mky");
            WriteMediaKeys(output, claims.MediaKeys);
        }

        if (claims.Opt is { } opt)
        {
            Member(output, ref lead, "opt", opt);
        }

        Name(output, ref lead, "orig");
        WriteOne(output, claims.Orig);
        if (claims.OrigId is { } origId)
        {
            Member(output, ref lead, "origid", origId);
        }

        if (claims.Rcd is { } rcd)
        {
            WriteRichCallData(output, ref lead, rcd);
        }

        if (claims.ResourcePriorities.Count > 0)
        {
            Name(output, ref lead, "rph");
            output.Write("{\"auth\":"u8);
            WriteTexts(output, claims.ResourcePriorities);
            output.Write("}"u8);
        }

        if (claims.IsEmergencyCallback)
        {
            Member(output, ref lead, "sph", "psap-callback");
        }

        output.Write("}"u8);
    }

    /// <summary>RFC 8225 §5.2.1: "tn" before "uri", each list sorted, so that two signers write the same bytes.</summary>
    private static void WriteDest(IBufferWriter<byte> output, IReadOnlyList<ClaimedIdentity> dest)
    {
        char lead = '{';
        foreach (bool uris in (ReadOnlySpan<bool>)[false, true])
        {
            string[] values = [.. dest.Where(d => d.IsUri == uris).Select(d => d.Value).Order(StringComparer.Ordinal)];
            if (values.Length > 0)
            {
                Name(output, ref lead, uris ? "uri" : "tn");
                WriteTexts(output, values);
            }
        }

        output.Write("}"u8);
    }

    private static void WriteOne(IBufferWriter<byte> output, ClaimedIdentity identity)
    {
        char lead = '{';
        Member(output, ref lead, identity.IsUri ? "uri" : "tn", identity.Value);
        output.Write("}"u8);
    }

    private static void WriteMediaKeys(IBufferWriter<byte> output, IReadOnlyList<MediaKey> keys)
    {
        char lead = '[';
        foreach (MediaKey key in keys.OrderBy(key => key.Algorithm + key.Digest, StringComparer.Ordinal))
        {
            Lead(output, ref lead);
            char inner = '{';
            Member(output, ref inner, "alg", key.Algorithm);
            Member(output, ref inner, "dig", key.Digest);
            output.Write("}"u8);
        }

        output.Write("]"u8);
    }

    private static void WriteRichCallData(IBufferWriter<byte> output, ref char lead, RichCallData rcd)
    {
        Name(output, ref lead, "rcd");
        char inner = '{';
        foreach ((string name, string? text) in RichMembers(rcd))
        {
            if (text is null)
            {
                continue;
            }

            Name(output, ref inner, name);
            if (name == "jcd")
            {
                Encoding.UTF8.GetBytes(text, output);
            }
            else
            {
                JsonText.Write(output, text);
            }
        }

        output.Write("}"u8);
        if (rcd.Integrity.Count == 0)
        {
            return;
        }

        Name(output, ref lead, "rcdi");
        inner = '{';
        foreach ((string pointer, string digest) in rcd.Integrity.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Member(output, ref inner, pointer, digest);
        }

        output.Write("}"u8);
    }

    private static (string Name, string? Text)[] RichMembers(RichCallData rcd) =>
        [("apn", rcd.AlternateNumber), ("icn", rcd.Icon), ("jcd", rcd.Card), ("jcl", rcd.CardLink), ("nam", rcd.Name)];

    private static void WriteTexts(IBufferWriter<byte> output, IReadOnlyList<string> texts)
    {
        char lead = '[';
        foreach (string text in texts)
        {
            Lead(output, ref lead);
            JsonText.Write(output, text);
        }

        output.Write("]"u8);
    }

    private static void Member(IBufferWriter<byte> output, ref char lead, string name, string text)
    {
        Name(output, ref lead, name);
        JsonText.Write(output, text);
    }

    private static void Name(IBufferWriter<byte> output, ref char lead, string name)
    {
        Lead(output, ref lead);
        JsonText.Write(output, name);
        output.Write(":"u8);
    }

    private static void Lead(IBufferWriter<byte> output, ref char lead)
    {
        output.Write([(byte)lead]);
        lead = ',';
    }
}
