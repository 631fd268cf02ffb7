using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Edge.Registrar;

/// <summary>
/// The secret of this edge, in a file beside its database that nobody else can read: recorded routes and nonces that were given before a
/// restart hold after it, and, with a copy of the file, on other nodes.
/// </summary>
internal sealed class EdgeKeys
{
    private const int Length = 32;
    private readonly byte[] _secret;

    private EdgeKeys(byte[] secret) => _secret = secret;

    /// <summary>The key of recorded routes.</summary>
    internal byte[] Route => Derive("route", 16);

    /// <summary>The key of nonces.</summary>
    internal byte[] Nonce => Derive("nonce", 32);

    /// <summary>Reads the file, and makes it when it is not there.</summary>
    /// <exception cref="IOException">It cannot be read or written, or is not such a file.</exception>
    internal static EdgeKeys Open(string database)
    {
        string path = database + ".secret";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (!File.Exists(path))
        {
            Write(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length)));
        }

        string text = File.ReadAllText(path).Trim();
        return text.Length == Length * 2 && text.All(char.IsAsciiHexDigit)
            ? new EdgeKeys(Convert.FromHexString(text))
            : throw new IOException($"{path} is no secret of this edge: {Length * 2} hexadecimal digits.");
    }

    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream file = new(path, options);
        file.Write(Encoding.ASCII.GetBytes(text + "\n"));
    }

    private byte[] Derive(string purpose, int length) =>
        HKDF.Expand(HashAlgorithmName.SHA256, _secret, length, Encoding.ASCII.GetBytes(purpose));
}
