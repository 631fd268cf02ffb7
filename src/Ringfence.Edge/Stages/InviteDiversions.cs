using System.Collections.Immutable;
using System.Text;
using Ringfence.Screening.Facts;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Stages;

/// <summary>Who diverted a call, oldest first: by History-Info (RFC 7044), else by Diversion (RFC 5806).</summary>
public static class InviteDiversions
{
    private const int MaxDiversions = 16;
    private const int MaxEntries = 64;

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

    // "mp" holds the index of the entry whose user diverted the call to another one; with "rc" or "np" it is the same user
    // elsewhere (RFC 7044 §5). Entries of RFC 4244 have none of them: there a Reason says that the entry was left (§3.3).
    private static void ReadHistory(SipRequest invite, ref ImmutableArray<Party>.Builder? found)
    {
        List<Entry>? entries = null;
        foreach (ReadOnlySpan<byte> item in invite.Items(HeaderId.HistoryInfo))
        {
            if (!HistoryInfo.TryParse(item, out HistoryInfo entry) || entries is { Count: >= MaxEntries })
            {
                continue;
            }

            entries ??= [];
            string? from = entry.Address.TryGetParameter("mp"u8, out ReadOnlySpan<byte> mapped)
                ? Encoding.ASCII.GetString(mapped)
                : null;
            bool isSame = entry.Address.TryGetParameter("rc"u8, out _) || entry.Address.TryGetParameter("np"u8, out _);
            int diverter =
                from is not null ? entries.FindIndex(other => other.Index == from)
                : !isSame && entries is [.., { IsLeft: true }] ? entries.Count - 1
                : -1;
            if (diverter >= 0 && !entries[diverter].IsTold)
            {
                Add(entries[diverter].Party, ref found);
                entries[diverter] = entries[diverter] with { IsTold = true };
            }

            string index = Encoding.ASCII.GetString(entry.Index);
            entries.Add(new Entry(index, ToParty(entry.Address.Uri), !entry.EscapedReason.IsEmpty, IsTold: false));
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
        if (party.Form is PartyForm.None or PartyForm.Invalid)
        {
            return;
        }

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

    private readonly record struct Entry(string Index, Party Party, bool IsLeft, bool IsTold);
}
