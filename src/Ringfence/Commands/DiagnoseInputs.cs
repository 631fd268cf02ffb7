using Ringfence.Diagnosis.Capture;

namespace Ringfence.Commands;

/// <summary>What was named on the command line as files: folders stand for the files in them, <c>-</c> for the standard input.</summary>
internal sealed class DiagnoseInputs : IDisposable
{
    private const string Standard = "-";
    private readonly List<DiagnoseInput> _all = [];
    private FileInfo? _spooled;

    internal IReadOnlyList<DiagnoseInput> All => _all;

    /// <summary>What TLS key logs among the files say; may be empty.</summary>
    internal string KeyLog { get; private set; } = "";

    internal string Title => string.Join(", ", _all.Select(input => input.Name));

    /// <summary>The files that were named, or null; says what is missing, and shows a right call.</summary>
    internal static DiagnoseInputs? Of(IEnumerable<FileInfo> named)
    {
        DiagnoseInputs inputs = new();
        foreach (FileInfo file in named)
        {
            if (inputs.Add(file) is { } fault)
            {
                Console.Error.WriteLine("ringfence: " + fault);
                inputs.Dispose();
                return null;
            }
        }

        return inputs;
    }

    private string? Add(FileInfo file)
    {
        string path = file.ToString();
        if (path == Standard)
        {
            return Spool();
        }

        if (Directory.Exists(path))
        {
            return AddAll(new DirectoryInfo(path), "*")
                ? null
                : $"{path} is an empty folder; name a capture or a log, or a folder of them";
        }

        if (file.Exists)
        {
            Add(file, file.Name);
            return null;
        }

        // A pattern that the shell left as it is: there it was quoted, or nothing fits it.
        bool isPattern = file.Name.AsSpan().ContainsAny('*', '?') && file.Directory is { Exists: true };
        return !isPattern ? $"{path} does not exist{(path.StartsWith('-') ? ", and is no option" : "")}"
            : AddAll(file.Directory!, file.Name) ? null
            : $"nothing fits {path}";
    }

    private bool AddAll(DirectoryInfo folder, string pattern)
    {
        int before = _all.Count;
        foreach (FileInfo file in folder.GetFiles(pattern).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            Add(file, file.Name);
        }

        return _all.Count > before;
    }

    // A key log beside its capture is known by how it begins.
    private void Add(FileInfo file, string name)
    {
        if (IsKeyLog(file))
        {
            KeyLog += File.ReadAllText(file.FullName) + "\n";
        }
        else
        {
            _all.Add(new DiagnoseInput(file, name));
        }
    }

    // A pipe has no length, and what is read of it is gone; what may not be read is said by who reads it.
    private static bool IsKeyLog(FileInfo file)
    {
        if (file.Length == 0)
        {
            return false;
        }

        try
        {
            Span<byte> head = stackalloc byte[KeyLogText.Head];
            using FileStream stream = file.OpenRead();
            return KeyLogText.Is(head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Keys may stand behind the packets that need them, and audio is read when it is wanted: what comes once is kept in a file until the end.
    private string? Spool()
    {
        if (!Console.IsInputRedirected)
        {
            return "- is the standard input, and that is a terminal: tcpdump -w - … | ringfence diagnose -";
        }

        if (_spooled is null)
        {
            _spooled = new FileInfo(Path.GetTempFileName());
            using (Stream input = Console.OpenStandardInput())
            using (FileStream file = _spooled.OpenWrite())
            {
                input.CopyTo(file);
            }

            _spooled.Refresh();
            Add(_spooled, "standard input");
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _spooled?.Delete();
}
