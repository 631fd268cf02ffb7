using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Stir.Fetching;

/// <summary>Certificates in a folder, one file each, named by the SHA-256 of the URL: no two URLs share a file and none leaves the folder.</summary>
internal sealed class DiskCache(string folder)
{
    private const string ExpiresLine = "expires: ";

    /// <summary>What is stored and not expired, or null.</summary>
    public (byte[] Content, DateTimeOffset Expires)? Load(string x5u, DateTimeOffset now)
    {
        string path = PathOf(x5u);

        // The disk is not the call's business: without it the certificate is fetched.
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            byte[] content = File.ReadAllBytes(path);
            string head = Encoding.ASCII.GetString(content.AsSpan(0, Math.Min(content.Length, 64)));
            int end = head.IndexOf('\n', StringComparison.Ordinal);
            long seconds = 0;
            bool dated =
                end > ExpiresLine.Length
                && head.StartsWith(ExpiresLine, StringComparison.Ordinal)
                && long.TryParse(
                    head.AsSpan(ExpiresLine.Length, end - ExpiresLine.Length),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out seconds
                );
            if (!dated)
            {
                return null;
            }

            DateTimeOffset expires = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(Math.Min(seconds, 253402300799));
            return expires > now ? (content, expires) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Stores a chain; a full or read-only disk costs a fetch later and nothing else.</summary>
    public bool Store(string x5u, string pem, DateTimeOffset expires)
    {
        string path = PathOf(x5u);
        string temporary = path + ".new";
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(temporary, $"{ExpiresLine}{expires.ToUnixTimeSeconds()}\n{pem}");
            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string PathOf(string x5u) =>
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(x5u))) + ".pem");
}
