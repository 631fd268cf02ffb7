using System.Buffers.Text;

namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>Secrets of TLS sessions in the key log format (RFC 9850): label, client random, secret.</summary>
internal sealed class KeyLog
{
    private const int MaxSessions = 1_000_000;
    private readonly Dictionary<string, KeyLogSecrets> _secrets = new(StringComparer.Ordinal);
    private Action? _loadMore;

    /// <summary>Something that can add more secrets, asked once, when a session is met that has none.</summary>
    public Action? LoadMore
    {
        set => _loadMore += value;
    }

    /// <summary>Adds the lines of a key log; others are passed over.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        Span<Range> parts = stackalloc Range[4];
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].Trim(" \t\r\0"u8);
            if (line.IsEmpty || line[0] == (byte)'#' || _secrets.Count >= MaxSessions)
            {
                continue;
            }

            var first = line.IndexOf((byte)' ');
            var last = line.LastIndexOf((byte)' ');
            if (first < 0 || last <= first)
            {
                continue;
            }

            var random = line[(first + 1)..last].Trim((byte)' ');
            if (random.Length == 64 && TryHex(random, out var client) && TryHex(line[(last + 1)..], out var secret))
            {
                Put(line[..first], Convert.ToHexString(client), secret);
            }
        }
    }

    public KeyLogSecrets? Find(ReadOnlySpan<byte> clientRandom)
    {
        var key = Convert.ToHexString(clientRandom);
        if (!_secrets.TryGetValue(key, out var found) && _loadMore is { } loadMore)
        {
            _loadMore = null;
            loadMore();
            _ = _secrets.TryGetValue(key, out found);
        }

        return found;
    }

    private void Put(ReadOnlySpan<byte> label, string clientRandom, byte[] secret)
    {
        if (!_secrets.TryGetValue(clientRandom, out var secrets))
        {
            _secrets.Add(clientRandom, secrets = new KeyLogSecrets());
        }

        if (label.SequenceEqual("CLIENT_RANDOM"u8))
        {
            secrets.Master = secret;
        }
        else if (label.SequenceEqual("CLIENT_EARLY_TRAFFIC_SECRET"u8))
        {
            secrets.ClientEarly = secret;
        }
        else if (label.SequenceEqual("CLIENT_HANDSHAKE_TRAFFIC_SECRET"u8))
        {
            secrets.ClientHandshake = secret;
        }
        else if (label.SequenceEqual("SERVER_HANDSHAKE_TRAFFIC_SECRET"u8))
        {
            secrets.ServerHandshake = secret;
        }
        else if (label.SequenceEqual("CLIENT_TRAFFIC_SECRET_0"u8))
        {
            secrets.ClientTraffic = secret;
        }
        else if (label.SequenceEqual("SERVER_TRAFFIC_SECRET_0"u8))
        {
            secrets.ServerTraffic = secret;
        }
    }

    private static bool TryHex(ReadOnlySpan<byte> text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length == 0 || text.Length % 2 != 0 || text.Length > 128)
        {
            return false;
        }

        var decoded = new byte[text.Length / 2];
        for (var i = 0; i < decoded.Length; i++)
        {
            if (!Utf8Parser.TryParse(text.Slice(2 * i, 2), out byte value, out var used, 'x') || used != 2)
            {
                return false;
            }

            decoded[i] = value;
        }

        bytes = decoded;
        return true;
    }
}
