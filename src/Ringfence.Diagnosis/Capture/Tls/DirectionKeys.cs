namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>With what the records of one direction open, from one change of keys to the next.</summary>
internal sealed class DirectionKeys(TlsSession session)
{
    // How many records a gap may have held.
    private const int MaxLost = 64;

    private RecordCipher? _cipher;
    private byte[]? _secret;
    private bool _early;

    /// <summary>Whether this direction is the client's.</summary>
    public bool IsClient { get; set; }

    /// <summary>Whether its records are protected by now.</summary>
    public bool Protect { get; private set; }

    /// <summary>Whether they are, and nothing is known that opens them.</summary>
    public bool IsClosed => Protect && _cipher is null;

    /// <summary>Whether the type of a record stands within it, as in TLS 1.3.</summary>
    public bool HidesType => session.IsTls13 || _early;

    /// <summary>Data come: where nothing has said how they are protected, it follows from what the hellos said.</summary>
    public void BeginData(bool behindGap)
    {
        if (Protect)
        {
            return;
        }

        if (session.IsTls13)
        {
            BeginHandshake();
        }
        else if (!session.IsAnswered && IsClient)
        {
            _early = Protect = true;
        }
        else if (behindGap && session.IsAnswered)
        {
            BeginOld();
        }
        else
        {
            session.Tell();
        }
    }

    /// <summary>ChangeCipherSpec, up to TLS 1.2.</summary>
    public void BeginOld()
    {
        _cipher = session.OldCipher(IsClient);
        Protect = true;
    }

    public void BeginHandshake() => Use(session.TrafficSecret(IsClient, handshake: true));

    public void Finish() => Use(session.TrafficSecret(IsClient, handshake: false));

    /// <summary>KeyUpdate (RFC 8446 §7.2).</summary>
    public void Update()
    {
        if (_secret is not null)
        {
            Use(session.NextSecret(_secret));
        }
    }

    /// <summary>Opens a record; null if it does not open.</summary>
    public byte[]? Open(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, bool behindGap)
    {
        var lost = behindGap ? MaxLost : 0;
        if (_cipher?.Open(header, body, lost) is { } clear)
        {
            return clear;
        }

        if (_early)
        {
            return OpenEarly(header, body);
        }

        // The keys may have changed within the gap.
        var secret = session.TrafficSecret(IsClient, handshake: false);
        if (!behindGap || !session.IsTls13 || secret is null)
        {
            return null;
        }

        secret = _secret == secret ? session.NextSecret(secret) : secret;
        var next = session.Tls13Cipher(secret);
        clear = next?.Open(header, body, lost);
        (_secret, _cipher) = clear is null ? (_secret, _cipher) : (secret, next);
        return clear;
    }

    private byte[]? OpenEarly(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        if (session.IsTls13)
        {
            // The server did not want them: the client goes on without a word (RFC 8446 §4.2.10).
            BeginHandshake();
            return _cipher?.Open(header, body);
        }

        foreach (var cipher in _cipher is null ? session.EarlyCiphers() : [])
        {
            if (cipher.Open(header, body) is { } clear)
            {
                _cipher = cipher;
                return clear;
            }
        }

        return null;
    }

    private void Use(byte[]? secret)
    {
        _secret = secret;
        _cipher = session.Tls13Cipher(secret);
        (Protect, _early) = (true, false);
    }
}
