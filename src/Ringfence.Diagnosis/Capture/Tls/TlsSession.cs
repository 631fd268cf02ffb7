using System.Security.Cryptography;
using System.Text;
using Ringfence.Diagnosis.Capture.Fetches;
using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>What both directions of a TLS connection share: randoms, suite, secrets.</summary>
internal sealed class TlsSession(KeyLog keys, TcpCounters counters, FetchWatch fetch)
{
    private byte[] _clientRandom = [];
    private byte[] _serverRandom = [];
    private CipherSuite? _suite;
    private KeyLogSecrets? _secrets;
    private bool _encryptThenMac;

    /// <summary>Whether the server has chosen TLS 1.3.</summary>
    public bool IsTls13 { get; private set; }

    /// <summary>Whether both hellos were read and a secret is there.</summary>
    public bool HasSecrets => _secrets is not null && _suite is not null;

    /// <summary>What the connection shows if it goes to a web server.</summary>
    public FetchWatch Fetch => fetch;

    /// <summary>A new connection on the same addresses.</summary>
    public void Begin()
    {
        _clientRandom = [];
        _serverRandom = [];
        _suite = null;
        _secrets = null;
        _encryptThenMac = IsTls13 = false;
    }

    /// <summary>Notes an alert; goodbyes and what a user broke off say nothing of a fault (RFC 8446 §6.1).</summary>
    public void Alert(in FrameStamp stamp, StreamRoute route, byte description)
    {
        const int MaxAlerts = 1_000;
        const byte CloseNotify = 0;
        const byte UserCanceled = 90;
        if (description is CloseNotify or UserCanceled)
        {
            return;
        }

        var alert = new TlsAlert(stamp.Number, stamp.Time, route.Source, route.Destination, description);
        fetch.Alert(stamp, alert.Name);
        if (counters.Alerts.Count < MaxAlerts)
        {
            counters.Alerts.Add(alert);
        }
    }

    public void ClientHello(in FrameStamp stamp, StreamRoute route, in TlsHello hello)
    {
        _clientRandom = hello.Random.ToArray();
        if (FetchLog.IsWeb(route.Destination.Port))
        {
            fetch.Named(stamp, route.Source, route.Destination, Encoding.ASCII.GetString(hello.ServerName));
        }
    }

    public void ServerHello(in TlsHello hello)
    {
        _serverRandom = hello.Random.ToArray();
        _suite = CipherSuite.Find(hello.CipherSuite);
        _encryptThenMac = hello.EncryptThenMac;
        IsTls13 = hello.Tls13;
        _secrets = _clientRandom.Length == 32 ? keys.Find(_clientRandom) : null;
        counters.UndecryptedSessions += HasSecrets ? 0 : 1;
    }

    /// <summary>The cipher of a direction after ChangeCipherSpec of TLS 1.2 (RFC 5246 §6.3).</summary>
    public RecordCipher? Tls12Cipher(bool fromClient)
    {
        if (_suite is not { } suite || _secrets?.Master is not { } master)
        {
            return null;
        }

        var mac = suite.Kind == CipherKind.AesCbc ? CipherSuite.LengthOf(suite.Mac) : 0;
        var iv = suite.Kind switch
        {
            CipherKind.AesGcm => 4,
            CipherKind.ChaCha20Poly1305 => 12,
            _ => 0,
        };
        byte[] seed = [.. _serverRandom, .. _clientRandom];
        var block = KeySchedule.Prf(suite.Hash, master, "key expansion", seed, 2 * (mac + suite.KeyLength + iv));
        var side = fromClient ? 0 : 1;
        var macKey = block.AsSpan(side * mac, mac).ToArray();
        var key = block.AsSpan((2 * mac) + (side * suite.KeyLength), suite.KeyLength).ToArray();
        var salt = block.AsSpan((2 * (mac + suite.KeyLength)) + (side * iv), iv).ToArray();
        return suite.Kind == CipherKind.AesCbc
            ? new CbcRecordCipher(key, macKey, suite.Mac, _encryptThenMac)
            : new AeadRecordCipher(suite.Kind, key, salt, tls13: false);
    }

    /// <summary>The traffic secret of a direction in TLS 1.3, for the handshake or for what follows.</summary>
    public byte[]? TrafficSecret(bool fromClient, bool handshake) =>
        (fromClient, handshake) switch
        {
            (true, true) => _secrets?.ClientHandshake,
            (false, true) => _secrets?.ServerHandshake,
            (true, false) => _secrets?.ClientTraffic,
            (false, false) => _secrets?.ServerTraffic,
        };

    /// <summary>The cipher of a traffic secret (RFC 8446 §7.3).</summary>
    public RecordCipher? Tls13Cipher(byte[]? secret)
    {
        if (_suite is not { Kind: not CipherKind.AesCbc } suite || secret is null)
        {
            return null;
        }

        var key = KeySchedule.ExpandLabel(suite.Hash, secret, "key", suite.KeyLength);
        var iv = KeySchedule.ExpandLabel(suite.Hash, secret, "iv", 12);
        return new AeadRecordCipher(suite.Kind, key, iv, tls13: true);
    }

    /// <summary>The secret that follows a KeyUpdate (RFC 8446 §7.2).</summary>
    public byte[] NextSecret(byte[] secret)
    {
        var hash = _suite?.Hash ?? HashAlgorithmName.SHA256;
        return KeySchedule.ExpandLabel(hash, secret, "traffic upd", CipherSuite.LengthOf(hash));
    }
}
