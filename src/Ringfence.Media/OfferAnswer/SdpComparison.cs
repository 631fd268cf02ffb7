using Ringfence.Media.Sdp;

namespace Ringfence.Media.OfferAnswer;

/// <summary>Compares two descriptions that one side sent in one dialog, such as the SDP of a 183 and of the 200.</summary>
public static class SdpComparison
{
    /// <summary>Every difference that matters to media; empty when the two agree.</summary>
    /// <param name="before">The earlier description.</param>
    /// <param name="after">The later description.</param>
    public static IReadOnlyList<SdpChange> Compare(SessionDescription before, SessionDescription after)
    {
        var changes = new List<SdpChange>();
        Origin(before, after, changes);
        for (var i = 0; i < Math.Max(before.Media.Count, after.Media.Count); i++)
        {
            if (i >= before.Media.Count)
            {
                changes.Add(new SdpChange(SdpChangeKind.MediaAdded, i, "", after.Media[i].KindText));
            }
            else if (i >= after.Media.Count)
            {
                changes.Add(new SdpChange(SdpChangeKind.MediaRemoved, i, before.Media[i].KindText, ""));
            }
            else
            {
                Media(before.Media[i], after.Media[i], changes);
            }
        }
        return changes;
    }

    private static void Origin(SessionDescription before, SessionDescription after, List<SdpChange> changes)
    {
        var (old, now) = (before.Origin, after.Origin);
        if (!old.SameSession(now))
        {
            changes.Add(new SdpChange(SdpChangeKind.Session, -1, $"{old.SessionId}", $"{now.SessionId}"));
        }
        else if (now.Version <= old.Version && !before.Bytes.Span.SequenceEqual(after.Bytes.Span))
        {
            changes.Add(new SdpChange(SdpChangeKind.VersionNotRaised, -1, $"{old.Version}", $"{now.Version}"));
        }
        else if (now.Version > old.Version + 1)
        {
            changes.Add(new SdpChange(SdpChangeKind.VersionJumped, -1, $"{old.Version}", $"{now.Version}"));
        }
    }

    private static void Media(MediaDescription before, MediaDescription after, List<SdpChange> changes)
    {
        void Note(SdpChangeKind kind, string old, string now)
        {
            if (!string.Equals(old, now, StringComparison.Ordinal))
            {
                changes.Add(new SdpChange(kind, before.Index, old, now));
            }
        }

        Note(SdpChangeKind.MediaKind, before.KindText, after.KindText);
        if (before.IsRejected || after.IsRejected)
        {
            var kind = after.IsRejected ? SdpChangeKind.Rejected : SdpChangeKind.Revived;
            Note(kind, before.IsRejected ? "0" : $"{before.Port}", after.IsRejected ? "0" : $"{after.Port}");
            return;
        }
        Note(SdpChangeKind.Address, before.Connection!.Host, after.Connection!.Host);
        Note(SdpChangeKind.Port, $"{before.Port}", $"{after.Port}");
        Note(SdpChangeKind.Protocol, before.Protocol, after.Protocol);
        Note(SdpChangeKind.Direction, before.Direction.ToAttribute(), after.Direction.ToAttribute());
        Note(SdpChangeKind.Formats, FormatsOf(before), FormatsOf(after));
        Note(SdpChangeKind.PacketTime, $"{before.PacketTime}", $"{after.PacketTime}");
        foreach (var old in before.Formats)
        {
            var now = after.Formats.FirstOrDefault(map => map.PayloadType == old.PayloadType);
            if (now is not null && now.Format != old.Format)
            {
                Note(
                    SdpChangeKind.PayloadTypeRemapped,
                    $"{old.PayloadType} {old.Format}",
                    $"{now.PayloadType} {now.Format}"
                );
            }
        }
        if (!before.Crypto.SequenceEqual(after.Crypto))
        {
            // Keys are compared and never shown.
            var (old, now) = (string.Join(", ", before.Crypto), string.Join(", ", after.Crypto));
            changes.Add(new SdpChange(SdpChangeKind.Crypto, before.Index, old, now));
        }
    }

    private static string FormatsOf(MediaDescription media) =>
        media.Formats.Count == 0
            ? string.Join(' ', media.FormatTokens)
            : string.Join(' ', media.Formats.Select(map => map.Format));
}
