namespace Ringfence.Edge.Configuration;

/// <summary>Reads the file that <c>web-password</c> names.</summary>
internal static class WebPasswordReader
{
    private const int Shortest = 12;

    internal static string? Read(YamlMap map, string folder, Mistakes mistakes)
    {
        string? file = map.Text("web-password", "web-password.txt");
        if (file is null)
        {
            return null;
        }

        const string Remedy = "a file that only its owner can read (chmod 600), with 12 characters or more on one line";
        try
        {
            string path = Path.GetFullPath(file, folder);
            string password = File.ReadAllText(path).Trim();
            const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            bool isOpen = !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
            if (isOpen || password.Length < Shortest)
            {
                mistakes.Add(
                    map.Get("web-password")!,
                    isOpen ? $"{file} can be read by others" : $"the password in {file} is too short",
                    Remedy
                );
            }

            return password;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(map.Get("web-password")!, e.Message, Remedy);
            return null;
        }
    }
}
