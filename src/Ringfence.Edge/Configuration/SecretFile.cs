using System.Text;
using Ringfence.Sip.Auth;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>
/// Reads a file of credentials: a line <c>user:realm:algorithm:hash</c> each, the hash being HA1 of RFC 7616 §3.4.2, several lines for
/// several algorithms; lines as htdigest writes them (<c>user:realm:hash</c>) are MD5. No password stands in it, and nothing of it is
/// ever told in a mistake but the line's number.
/// </summary>
internal static class SecretFile
{
    private const string Form =
        "user:realm:SHA-256:hash, the hash being that of \"user:realm:password\" in hexadecimal";

    /// <summary>The secrets of the users of one realm.</summary>
    internal static IReadOnlyDictionary<string, DigestSecret> Read(
        string path,
        string realm,
        YamlNode node,
        Mistakes mistakes
    )
    {
        Dictionary<string, List<(DigestAlgorithm, string)>> found = new(StringComparer.Ordinal);
        string[] lines = ReadLines(path, node, mistakes);
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (!TryRead(line, out (string User, string Realm, DigestAlgorithm Algorithm, string Hash) entry))
            {
                mistakes.Add(new ConfigurationMistake(path, i + 1, 1, "this line is no credential", Form));
            }
            else if (entry.Realm == realm)
            {
                if (!found.TryGetValue(entry.User, out List<(DigestAlgorithm, string)>? hashes))
                {
                    found.Add(entry.User, hashes = []);
                }

                hashes.Add((entry.Algorithm, entry.Hash));
            }
        }

        return found.ToDictionary(
            user => user.Key,
            user => DigestSecret.FromHashes([.. user.Value]),
            StringComparer.Ordinal
        );
    }

    private static string[] ReadLines(string path, YamlNode node, Mistakes mistakes)
    {
        try
        {
            return File.ReadAllLines(path, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(node, e.Message.TrimEnd('.'), $"a file with lines {Form}");
            return [];
        }
    }

    private static bool TryRead(
        string line,
        out (string User, string Realm, DigestAlgorithm Algorithm, string Hash) entry
    )
    {
        string[] parts = line.Split(':');
        bool isHtdigest = parts.Length == 3;
        entry = default;
        DigestAlgorithm? algorithm =
            isHtdigest ? DigestAlgorithm.Md5
            : parts.Length == 4 ? AlgorithmOf(parts[2])
            : null;
        if (algorithm is null || parts[0].Length == 0 || parts[1].Length == 0)
        {
            return false;
        }

        string hash = parts[^1];
        int length = algorithm == DigestAlgorithm.Md5 ? 32 : 64;
        entry = (parts[0], parts[1], algorithm.Value, hash);
        return hash.Length == length && hash.All(char.IsAsciiHexDigit);
    }

    /// <summary>The algorithm of a name as RFC 8760 spells it; null for another.</summary>
    internal static DigestAlgorithm? AlgorithmOf(string name) =>
        name.ToUpperInvariant() switch
        {
            "MD5" => DigestAlgorithm.Md5,
            "SHA-256" => DigestAlgorithm.Sha256,
            "SHA-512-256" => DigestAlgorithm.Sha512Slash256,
            _ => null,
        };
}
