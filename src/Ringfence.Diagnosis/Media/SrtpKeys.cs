using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Export;
using Ringfence.Media.Srtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>The keys that the session descriptions of a call carry (RFC 4568): which of them opens a stream is found by trying.</summary>
internal static class SrtpKeys
{
    private const int MaxKeys = 16;

    /// <summary>Every key of a call, in order of the messages.</summary>
    public static IReadOnlyList<SrtpMasterKey> Of(Call call) =>
        [
            .. call
                .Messages.Where(m => !m.IsRetransmission && m.Sdp is not null)
                .SelectMany(m => m.Sdp!.Media)
                .SelectMany(m => m.Crypto)
                .Where(c => !BlankKey.Is(c.KeyParams))
                .DistinctBy(c => c.KeyParams)
                .Take(MaxKeys)
                .Select(SrtpMasterKey.Read)
                .OfType<SrtpMasterKey>(),
        ];

    /// <summary>Finds the key that opens most of the packets kept of a stream, and counts those that it does not open.</summary>
    public static void Unlock(RtpStream stream, IReadOnlyList<SrtpMasterKey> keys)
    {
        if (!stream.IsSecure || !stream.HasAudio || stream.Key is not null)
        {
            return;
        }

        var best = int.MaxValue;
        foreach (var key in keys)
        {
            var opened = 0;
            var refused = stream.TryKey(key, () => opened++);
            if (opened > 0 && refused < best)
            {
                best = refused;
                stream.Key = key;
                stream.Unopened = refused;
            }
        }

        if (stream.Key is null && keys.Count > 0)
        {
            stream.Unopened = stream.TryKey(keys[0], static () => { });
        }
    }
}
