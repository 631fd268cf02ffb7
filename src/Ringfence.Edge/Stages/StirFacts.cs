using System.Text;
using Ringfence.Edge.Configuration;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Stages;

/// <summary>What verification needs of an INVITE, as slices of its bytes.</summary>
public static class StirFacts
{
    /// <summary>The facts of an INVITE.</summary>
    /// <param name="invite">The INVITE.</param>
    /// <param name="trunk">How the identities of its trunk are taken.</param>
    public static SignedCall Of(SipRequest invite, StirTrunkConfiguration trunk)
    {
        ArgumentNullException.ThrowIfNull(invite);
        ArgumentNullException.ThrowIfNull(trunk);
        return new SignedCall
        {
            Identities = Identities(invite),
            RequestUri = Slice(invite, invite.RequestUri),
            To = UriOf(invite, invite.Value(HeaderId.To)),
            From = UriOf(invite, invite.Value(HeaderId.From)),
            AssertedIdentities = trunk.IsTrusted ? Asserted(invite) : [],
            Date = SipDate.TryParse(invite.Value(HeaderId.Date), out DateTimeOffset date) ? date : null,
            CallId = Slice(invite, invite.Value(HeaderId.CallId)),
            Numbers = trunk.Numbers,
            MediaKeys = MediaKeys(invite),
            ResourcePriorities = Priorities(invite),
            Priority = invite.TryGet(HeaderId.Priority, out ReadOnlySpan<byte> priority)
                ? Encoding.Latin1.GetString(priority)
                : null,
        };
    }

    /// <summary>Every value of every Identity header line.</summary>
    internal static List<ReadOnlyMemory<byte>> Identities(SipRequest invite)
    {
        List<ReadOnlyMemory<byte>> identities = [];
        for (int at = invite.IndexOf(HeaderId.Identity, 0); at >= 0; at = invite.IndexOf(HeaderId.Identity, at + 1))
        {
            identities.AddRange(SignedCall.Split(Slice(invite, invite.Value(invite.Headers[at]))));
        }

        return identities;
    }

    /// <summary>The URIs of P-Asserted-Identity.</summary>
    internal static List<ReadOnlyMemory<byte>> Asserted(SipRequest invite)
    {
        List<ReadOnlyMemory<byte>> uris = [];
        foreach (ReadOnlySpan<byte> item in invite.Items(HeaderId.PAssertedIdentity))
        {
            if (UriOf(invite, item) is { IsEmpty: false } uri)
            {
                uris.Add(uri);
            }
        }

        return uris;
    }

    /// <summary>The URI of an address of the message; empty when it is none.</summary>
    internal static ReadOnlyMemory<byte> UriOf(SipRequest invite, ReadOnlySpan<byte> item) =>
        NameAddr.TryParse(item, out NameAddr address) ? Slice(invite, address.Uri) : default;

    private static ReadOnlyMemory<byte> Slice(SipRequest invite, ReadOnlySpan<byte> part) =>
        invite.Bytes.Overlaps(part, out int offset) ? invite.Memory.Slice(offset, part.Length) : default;

    /// <summary>The fingerprints of the offer (RFC 8122 §5); null without an offer.</summary>
    private static IReadOnlyList<MediaKey>? MediaKeys(SipRequest invite)
    {
        if (invite.Body.IsEmpty)
        {
            return null;
        }

        List<string> fingerprints = [];
        ReadOnlySpan<byte> attribute = "a=fingerprint:"u8;
        foreach (Range range in invite.Body.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = invite.Body[range];
            if (line.StartsWith(attribute))
            {
                fingerprints.Add(Encoding.Latin1.GetString(line[attribute.Length..].TrimEnd((byte)'\r')));
            }
        }

        return fingerprints.Count == 0 ? [] : MediaKey.FromFingerprints(fingerprints);
    }

    /// <summary>The values of Resource-Priority (RFC 4412 §3.1); null without the header.</summary>
    private static string[]? Priorities(SipRequest invite) =>
        invite.TryGet("Resource-Priority"u8, out ReadOnlySpan<byte> value)
            ? Encoding
                .Latin1.GetString(value)
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : null;
}
