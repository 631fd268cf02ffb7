using Microsoft.Extensions.Logging;
using Ringfence.Edge.Telemetry;
using Ringfence.Screening.Lists;

namespace Ringfence.Edge.Configuration;

/// <summary>
/// Takes in the files of lists when they change, far from any call: their times and lengths are looked at, and a file that has rested for a
/// turn is read. A list is put into force whole; a file with a rejected line leaves the one in force.
/// </summary>
internal sealed class ListWatch(ListCatalogue lists, ILogger log, TimeProvider clock)
{
    private const int MostTold = 20;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, FileStamp> _inForce = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileStamp> _seen = new(StringComparer.Ordinal);
    private IReadOnlyList<ListConfiguration> _watched = [];
    private IReadOnlyList<ListConfiguration> _looked = [];

    /// <summary>Watches the files of a configuration from now on.</summary>
    internal void Watch(IReadOnlyList<ListConfiguration> configured) => Volatile.Write(ref _watched, configured);

    internal async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
        {
            Turn();
        }
    }

    /// <summary>Looks once at every file.</summary>
    internal void Turn()
    {
        IReadOnlyList<ListConfiguration> watched = Volatile.Read(ref _watched);
        if (!ReferenceEquals(watched, _looked))
        {
            _looked = watched;
            _inForce.Clear();
            _seen.Clear();
        }

        foreach (ListConfiguration list in watched)
        {
            if (list.File is { } file)
            {
                Look(watched, list, file);
            }
        }
    }

    private void Look(IReadOnlyList<ListConfiguration> watched, ListConfiguration list, string file)
    {
        var now = FileStamp.Of(file);
        FileStamp before = _inForce.GetValueOrDefault(list.Name, list.Stamp);
        bool rests = _seen.GetValueOrDefault(list.Name, before) == now;
        _seen[list.Name] = now;
        if (now == before || !rests || now.Length < 0)
        {
            return;
        }

        _inForce[list.Name] = now;
        try
        {
            using StreamReader text = File.OpenText(file);
            ListImport import = ListFile.Read(text);
            if (import.List is not { } taken)
            {
                foreach (RejectedLine line in import.Rejected.Take(MostTold))
                {
                    ListLog.Rejected(log, file, line.Line, line.Text, line.Fault);
                }

                ListLog.Left(log, list.Name, file, import.Rejected.Length);
            }
            else if (ReferenceEquals(watched, Volatile.Read(ref _watched)))
            {
                lists.Replace(list.Name, taken);
                ListLog.Taken(log, list.Name, file, taken.Count);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ListLog.Unreadable(log, list.Name, file, e.Message);
        }
    }
}
