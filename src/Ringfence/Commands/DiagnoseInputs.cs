namespace Ringfence.Commands;

/// <summary>What was named on the command line as files: folders stand for the files in them, <c>-</c> for the standard input.</summary>
internal sealed class DiagnoseInputs : IDisposable
{
    private const string Standard = "-";
    private readonly List<DiagnoseInput> _all = [];
    private FileInfo? _spooled;

    internal IReadOnlyList<DiagnoseInput> All => _all;

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
            _all.Add(new DiagnoseInput(file, file.Name));
            return null;
        }

        // A pattern that the shell left as it is: there it was quoted, or nothing fits it.
        bool isPattern = file.Name.AsSpan().ContainsAny('*', '?') && file.Directory is { Exists: true };
        return !isPattern ? $"{path} does not exist"
            : AddAll(file.Directory!, file.Name) ? null
            : $"nothing fits {path}";
    }

    private bool AddAll(DirectoryInfo folder, string pattern)
    {
        int before = _all.Count;
        _all.AddRange(
            folder
                .GetFiles(pattern)
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => new DiagnoseInput(file, file.Name))
        );
        return _all.Count > before;
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
            _all.Add(new DiagnoseInput(_spooled, "standard input"));
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _spooled?.Delete();
}
