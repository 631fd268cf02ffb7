using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Stir.Fetching;

/// <summary>Signed documents in a folder, one file each, that outlive the process; null for no folder.</summary>
internal sealed class DocumentStore(string? folder, string suffix)
{
    /// <summary>What is stored under a name, or null. Whoever reads it checks its signature anew.</summary>
    public byte[]? Load(string name)
    {
        if (folder is null)
        {
            return null;
        }

        // Without the disk the document is fetched.
        try
        {
            return File.Exists(PathOf(folder, name)) ? File.ReadAllBytes(PathOf(folder, name)) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Stores a document, whole or not at all.</summary>
    /// <returns>False where the disk did not take it.</returns>
    public bool Store(string name, ReadOnlySpan<byte> content)
    {
        if (folder is null)
        {
            return false;
        }

        string path = PathOf(folder, name);
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(path + ".new", content);
            File.Move(path + ".new", path, overwrite: true);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string PathOf(string root, string name) =>
        Path.Combine(root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))) + suffix);
}
