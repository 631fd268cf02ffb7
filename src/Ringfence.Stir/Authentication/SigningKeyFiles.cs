using Ringfence.Stir.Certificates;

namespace Ringfence.Stir.Authentication;

/// <summary>A signing key in two files that may be replaced while calls are signed. A bad pair never takes the place of a good one.</summary>
public sealed class SigningKeyFiles
{
    private readonly string _chainPath;
    private readonly string _keyPath;
    private readonly string _x5u;
    private readonly TimeProvider _time;
    private volatile SigningKey? _current;
    private (DateTime Chain, DateTime Key) _seen;

    /// <summary>Names the files; nothing is read yet.</summary>
    /// <param name="chainPath">Certificates in PEM, signer first.</param>
    /// <param name="keyPath">The private key in PEM, readable by its owner only.</param>
    /// <param name="x5u">Where the chain is published.</param>
    /// <param name="time">The clock.</param>
    public SigningKeyFiles(string chainPath, string keyPath, string x5u, TimeProvider time)
    {
        _chainPath = chainPath;
        _keyPath = keyPath;
        _x5u = x5u;
        _time = time;
    }

    /// <summary>The key in use, or null before the first good <see cref="Reload"/>.</summary>
    public SigningKey? Current => _current;

    /// <summary>Reads the files and takes the pair in use if it can sign.</summary>
    /// <returns>Why the present pair stays, or none.</returns>
    public SigningKeyFault Reload()
    {
        try
        {
            // A key that others can read is theirs, too.
            const UnixFileMode Others =
                UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(_keyPath) & Others) != 0)
            {
                return SigningKeyFault.KeyFileOpen;
            }

            _seen = Stamp();
            return Take(File.ReadAllText(_chainPath), File.ReadAllText(_keyPath));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return SigningKeyFault.FileUnreadable;
        }
    }

    /// <summary>Reloads when a file has changed since it was last read.</summary>
    public SigningKeyFault ReloadIfChanged()
    {
        try
        {
            return Stamp() == _seen ? SigningKeyFault.None : Reload();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return SigningKeyFault.FileUnreadable;
        }
    }

    private SigningKeyFault Take(string chain, string secret)
    {
        SigningKeyFault fault = SigningKey.Read(chain, secret, _x5u, out SigningKey? key);
        if (fault != SigningKeyFault.None)
        {
            return fault;
        }

        StirCertificate certificate = key!.Certificate;
        DateTimeOffset now = _time.GetUtcNow();
        if (now < certificate.NotBefore || now > certificate.NotAfter)
        {
            key.Dispose();
            return SigningKeyFault.NotInValidity;
        }

        // The old key may be signing on another thread: it is left to the collector.
        _current = key;
        return SigningKeyFault.None;
    }

    private (DateTime Chain, DateTime Key) Stamp() =>
        (File.GetLastWriteTimeUtc(_chainPath), File.GetLastWriteTimeUtc(_keyPath));
}
