using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;

namespace Ringfence.Commands.Lists;

/// <summary>
/// Writes a list beside the one that it will replace, and puts it there by one rename: a reader sees the old or the new one,
/// and a fault leaves the old one.
/// </summary>
internal sealed class ListWriting : IDisposable
{
    private readonly string _target;
    private readonly string _beside;
    private readonly StreamWriter _text;
    private readonly HashSet<string> _others = new(StringComparer.Ordinal);
    private NumberList? _old;
    private bool _isDone;

    internal ListWriting(string target)
    {
        _target = Path.GetFullPath(target);
        _beside = $"{_target}.{Guid.NewGuid():N}";
        _text = new StreamWriter(_beside);
    }

    /// <summary>Entries that were not on the old list.</summary>
    internal int Added { get; private set; }

    /// <summary>Entries that the old list has already.</summary>
    internal int Known { get; private set; }

    /// <summary>Copies the old list with its comments; false, and its mistakes are told, where it has any.</summary>
    internal bool TakeOld(CancellationToken cancellation, Func<string, bool>? isKept = null)
    {
        ListImport import = ListReading.Read(
            _target,
            allowedRejects: 0,
            cancellation,
            (entry, _) =>
            {
                if (!PhoneNumber.TryParse(entry, out PhoneNumber _))
                {
                    _others.Add(entry.ToString());
                }
            }
        );
        if (import.List is null)
        {
            ListReading.TellRejects(Console.Error, _target, import, ListReading.ShownRejects);
            Console.Error.WriteLine("ringfence: the list has mistakes of its own; nothing was changed");
            return false;
        }

        _old = import.List;
        foreach (string line in File.ReadLines(_target))
        {
            if (isKept?.Invoke(line) != false)
            {
                _text.WriteLine(line);
            }
        }

        return true;
    }

    /// <summary>Adds an entry, unless the old list has it.</summary>
    internal void Add(ReadOnlySpan<char> entry, ReadOnlySpan<char> label)
    {
        if (IsKnown(entry))
        {
            Known++;
            return;
        }

        Added++;
        _text.Write(entry);
        if (!label.IsEmpty)
        {
            // A quote cannot stand within a field; what else would end one does no harm between quotes.
            _text.Write(label.ContainsAny(",;\t#\"") ? $",\"{label.ToString().Replace('"', '\'')}\"" : $",{label}");
        }

        _text.WriteLine();
    }

    /// <summary>Puts the new list in the place of the old one.</summary>
    internal void Commit()
    {
        _text.Flush();
        ((FileStream)_text.BaseStream).Flush(flushToDisk: true);
        _text.Dispose();
        File.Move(_beside, _target, overwrite: true);
        _isDone = true;
    }

    public void Dispose()
    {
        _text.Dispose();
        if (!_isDone)
        {
            File.Delete(_beside);
        }
    }

    private bool IsKnown(ReadOnlySpan<char> entry) =>
        PhoneNumber.TryParse(entry, out _)
            ? _old?.TryFind(Party.Parse(entry), out ListMatch match) == true && match.Kind == ListMatchKind.Exact
            : _others.Contains(entry.ToString());
}
