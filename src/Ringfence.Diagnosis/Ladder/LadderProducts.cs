using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>
/// What the hosts of a call say that they are. Proxies pass User-Agent and Server on as they are (RFC 3261 §16.6), so a host is believed only
/// where it speaks for itself: one that sent no request on, in requests with its own Via alone and in its responses.
/// </summary>
internal static class LadderProducts
{
    public static void Name(
        List<LadderHost> columns,
        IReadOnlyList<TraceMessage> messages,
        Func<PacketAddress, int> column
    )
    {
        var relays = messages
            .Where(m => m.Request is not null && ViaCount(m) > 1)
            .Select(m => column(m.Source))
            .ToHashSet();
        foreach (var message in messages)
        {
            var at = column(message.Source);
            var speaks = !relays.Contains(at) && (message.Request is null || ViaCount(message) == 1);
            if (speaks && columns[at].Product.Length == 0)
            {
                columns[at] = columns[at] with { Product = Product(message) };
            }
        }
    }

    private static string Product(TraceMessage message) =>
        message.Header(
            message.Request is null && message.Sip.Has(HeaderId.Server) ? HeaderId.Server : HeaderId.UserAgent
        );

    private static int ViaCount(TraceMessage message)
    {
        var count = 0;
        foreach (var _ in message.Sip.Items(HeaderId.Via))
        {
            count++;
        }

        return count;
    }
}
