using System.Collections.Immutable;
using System.Text;
using Ringfence.Screening.Facts;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Stages;

/// <summary>Who diverted a call, oldest first: by History-Info (RFC 7044), else by Diversion (RFC 5806).</summary>
public static class InviteDiversions
{
    private const int MaxDiversions = 16;

    /// <summary>The diverters that an INVITE names.</summary>
    public static ImmutableArray<Party> Of(SipRequest invite)
    {
        ArgumentNullException.ThrowIfNull(invite);
        ImmutableArray<Party>.Builder? found = null;
        ReadHistory(invite, ref found);
        if (found is null)
        {
            ReadDiversion(invite, ref found);
        }

        return found?.DrainToImmutable() ?? [];
    }

    // An entry with "mp" or "rc" was made from the one before it (§10.3): that one was left, and is the diverter. Entries that
    // carry a Reason say by themselves that they were left (§10.2).
    private static void ReadHistory(SipRequest invite, ref ImmutableArray<Party>.Builder? found)
    {
        Party before = default;
        bool isLeft = false;
        foreach (ReadOnlySpan<byte> item in invite.Items(HeaderId.HistoryInfo))
        {
            if (!HistoryInfo.TryParse(item, out HistoryInfo entry))
            {
                continue;
            }

            bool isMapped = entry.Address.TryGetParameter("mp"u8, out _);
            if (before.Form != PartyForm.None && (isLeft || isMapped))
            {
                Add(before, ref found);
            }

            before = ToParty(entry.Address.Uri);
            isLeft = !entry.EscapedReason.IsEmpty;
        }
    }

    // The latest diverter stands on top (RFC 5806 §3.1).
    private static void ReadDiversion(SipRequest invite, ref ImmutableArray<Party>.Builder? found)
    {
        foreach (ReadOnlySpan<byte> item in invite.Items(HeaderId.Diversion))
        {
            if (NameAddr.TryParse(item, out NameAddr address))
            {
                Add(ToParty(address.Uri), ref found);
            }
        }

        found?.Reverse();
    }

    private static void Add(in Party party, ref ImmutableArray<Party>.Builder? found)
    {
        found ??= ImmutableArray.CreateBuilder<Party>();
        if (found.Count < MaxDiversions)
        {
            found.Add(party);
        }
    }

    private static Party ToParty(ReadOnlySpan<byte> uri)
    {
        int headers = uri.IndexOf((byte)'?');
        uri = headers < 0 ? uri : uri[..headers];
        Span<char> text = stackalloc char[1024];
        return uri.Length > text.Length ? default : Party.Parse(text[..Encoding.UTF8.GetChars(uri, text)]);
    }
}
