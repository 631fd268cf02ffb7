using System.Security.Cryptography;
using System.Text;
using Ringfence.Diagnosis.Capture.Fetches;
using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>What both directions of a TLS connection share: randoms, suite, secrets.</summary>
internal sealed class TlsSession(KeyLog keys, TcpCounters counters, FetchWatch fetch)
{
    private const int Tls10 = 0x0301;
    private const int Tls12 = 0x0303;
    private byte[] _clientRandom = [];
    private byte[] _serverRandom = [];
    private CipherSuite? _suite;
    private KeyLogSecrets? _secrets;
    private int _version;
    private bool _encryptThenMac;
    private bool _told;

    /// <summary>Whether the server has chosen TLS 1.3.</summary>
    public bool IsTls13 { get; private set; }

    /// <summary>Whether the server's hello was read.</summary>
    public bool IsAnswered => _serverRandom.Length > 0;

    /// <summary>Whether both hellos were read and a secret is there, or none is needed.</summary>
    public bool HasSecrets => _suite is { } suite && (_secrets is not null || suite.Kind == CipherKind.None);

    /// <summary>What the connection shows if it goes to a web server.</summary>
    public FetchWatch Fetch => fetch;

    /// <summary>A new connection on the same addresses.</summary>
    public void Begin()
    {
        _clientRandom = [];
        _serverRandom = [];
        _suite = null;
        _secrets = null;
        _encryptThenMac = IsTls13 = _told = false;
    }

    /// <summary>Notes an alert; goodbyes and what a user broke off say nothing of a fault (RFC 8446 §6.1).</summary>
    public void Alert(in FrameStamp stamp, StreamRoute route, byte description)
    {
        const byte CloseNotify = 0;
        const byte UserCanceled = 90;
        if (description is CloseNotify or UserCanceled)
        {
            return;
        }

        Note(stamp, new TlsAlert(stamp.Number, stamp.Time, route.Source, route.Destination, description));
    }

    /// <summary>Notes an alert that cannot be read.</summary>
    public void EncryptedAlert(in FrameStamp stamp, StreamRoute route) =>
        Note(stamp, new TlsAlert(stamp.Number, stamp.Time, route.Source, route.Destination, 0) { IsEncrypted = true });

    private void Note(in FrameStamp stamp, in TlsAlert alert)
    {
        const int MaxAlerts = 1_000;
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
        _version = hello.Version;
        _encryptThenMac = hello.EncryptThenMac;
        IsTls13 = hello.Tls13;
        _secrets = _clientRandom.Length == 32 ? keys.Find(_clientRandom) : null;
        Tell();
    }

    /// <summary>Counts the connection, once, if it cannot be read; so it is where data come before any hello.</summary>
    public void Tell()
    {
        if (HasSecrets || _told)
        {
            return;
        }

        _told = true;
        counters.UndecryptedSessions++;
        if (_clientRandom.Length == 0)
        {
            counters.TlsWithoutBeginning++;
        }
        else if (_secrets is not null)
        {
            counters.UnknownTlsCiphers++;
        }
    }

    /// <summary>The cipher of a direction after ChangeCipherSpec, up to TLS 1.2 (RFC 5246 §6.3).</summary>
    public RecordCipher? OldCipher(bool fromClient)
    {
        if (_suite is not { } suite)
        {
            return null;
        }

        var mac = suite.TagLength == 0 ? CipherSuite.LengthOf(suite.Mac) : 0;
        if (suite.Kind == CipherKind.None)
        {
            return new ClearRecord(mac);
        }

        if (_secrets?.Master is not { } master)
        {
            return null;
        }

        var vector = suite.Kind switch
        {
            CipherKind.AesGcm or CipherKind.AesCcm => 4,
            CipherKind.ChaCha20Poly1305 => 12,
            _ => _version == Tls10 ? 16 : 0,
        };
        byte[] seed = [.. _serverRandom, .. _clientRandom];
        var length = 2 * (mac + suite.KeyLength + vector);
        var block =
            _version >= Tls12
                ? KeySchedule.Prf(suite.Hash, master, "key expansion", seed, length)
                : KeySchedule.OldPrf(master, "key expansion", seed, length);
        var side = fromClient ? 0 : 1;
        var macKey = block.AsSpan(side * mac, mac).ToArray();
        var key = block.AsSpan((2 * mac) + (side * suite.KeyLength), suite.KeyLength).ToArray();
        var iv = block.AsSpan((2 * (mac + suite.KeyLength)) + (side * vector), vector).ToArray();
        return suite.Kind == CipherKind.AesCbc
            ? new CbcRecordCipher(key, macKey, suite.Mac, _encryptThenMac, vector > 0 ? iv : null)
            : new AeadRecordCipher(suite, key, iv, tls13: false);
    }

    /// <summary>The ciphers that data before the server's hello may have (RFC 8446 §4.2.10): that of the ticket is not to be seen.</summary>
    public IEnumerable<RecordCipher> EarlyCiphers() =>
        _clientRandom.Length == 32 && keys.Find(_clientRandom)?.ClientEarly is { } secret
            ? CipherSuite
                .OfTls13.Where(suite => CipherSuite.LengthOf(suite.Hash) == secret.Length)
                .Select(suite => Tls13Cipher(suite, secret))
            : [];

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
    public RecordCipher? Tls13Cipher(byte[]? secret) =>
        _suite is { TagLength: > 0 } suite && secret is not null ? Tls13Cipher(suite, secret) : null;

    /// <summary>The secret that follows a KeyUpdate (RFC 8446 §7.2).</summary>
    public byte[] NextSecret(byte[] secret)
    {
        var hash = _suite?.Hash ?? HashAlgorithmName.SHA256;
        return KeySchedule.ExpandLabel(hash, secret, "traffic upd", CipherSuite.LengthOf(hash));
    }

    private static AeadRecordCipher Tls13Cipher(CipherSuite suite, byte[] secret)
    {
        var key = KeySchedule.ExpandLabel(suite.Hash, secret, "key", suite.KeyLength);
        var iv = KeySchedule.ExpandLabel(suite.Hash, secret, "iv", 12);
        return new AeadRecordCipher(suite, key, iv, tls13: true);
    }
}
