using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Ringfence.Diagnosis.Findings;
using Ringfence.Sip.Lanes;

namespace Ringfence.Edge.LiveFindings;

/// <summary>
/// Looks at the edge's own calls with the rules of <c>ringfence diagnose</c> once they are over, off the lanes and a bounded number a second:
/// what does not fit is passed over, and no call waits. Findings and messages go into tables beside the records, the log and the meter.
/// </summary>
internal sealed class LiveFindingsWorker : IAsyncDisposable
{
    private const int QueueLength = 256;
    private const int PerTurn = 20;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private readonly Channel<TracedCall> _queue = Channel.CreateBounded<TracedCall>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly Dictionary<Lane, LaneTrace> _lanes = [];
    private readonly FindingTexts _texts = FindingTexts.In("en");
    private readonly Meter _meter = new("Ringfence.Edge");
    private readonly Counter<long> _found;
    private readonly Counter<long> _looked;
    private readonly FindingStore _store;
    private readonly ILogger _log;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _working;

    internal LiveFindingsWorker(FindingStore store, ILogger log, TimeProvider clock)
    {
        (_store, _log, _clock) = (store, log, clock);
        _found = _meter.CreateCounter<long>(
            "ringfence.findings",
            "{finding}",
            "Findings on own calls, by id and severity"
        );
        _looked = _meter.CreateCounter<long>("ringfence.findings.calls", "{call}", "Own calls looked at by the rules");
        _working = Task.Run(WorkAsync);
    }

    /// <summary>Called on the worker's thread when findings have been written.</summary>
    internal Action? Wrote { get; set; }

    /// <summary>Whether it is worth a copy of the messages: a lane asks before it makes one.</summary>
    internal bool HasRoom => _queue.Reader.Count < QueueLength;

    /// <summary>The trace of a lane. Called while the lanes are made, one after the other.</summary>
    internal LaneTrace On(Lane lane) => _lanes[lane] = new LaneTrace(lane, this);

    internal void Post(TracedCall call) => _queue.Writer.TryWrite(call);

    /// <summary>A call is over; called on its lane.</summary>
    internal void Close(Lane lane, string recordId, string callId)
    {
        if (_lanes.TryGetValue(lane, out LaneTrace? trace))
        {
            trace.Close(recordId, callId);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _store.Dispose();
        _meter.Dispose();
        _ending.Dispose();
    }

    private async Task WorkAsync()
    {
        using var timer = new PeriodicTimer(Every, _clock);
        while (await timer.WaitForNextTickAsync(_ending.Token).ConfigureAwait(false))
        {
            List<FindingRow> rows = [];
            List<TracedCall> calls = [];
            while (calls.Count < PerTurn && _queue.Reader.TryRead(out TracedCall? call))
            {
                calls.Add(call);
                rows.AddRange(Look(call));
            }

            Write(rows, calls);
        }
    }

    private List<FindingRow> Look(TracedCall call)
    {
        List<FindingRow> rows = [];
        try
        {
            _looked.Add(1);
            foreach (Finding finding in call.Diagnose().Findings)
            {
                string seen = _texts.Seen(finding);
                rows.Add(
                    new FindingRow(
                        call.Id,
                        finding.Id,
                        finding.Severity.ToString(),
                        finding.Confidence.ToString(),
                        seen
                    )
                );
                _found.Add(1, new("finding", finding.Id), new("severity", finding.Severity.ToString()));
                if (finding.Severity == FindingSeverity.Error)
                {
                    LiveFindingsLog.Found(_log, call.Id, finding.Id, _texts[finding.Id].Title, seen);
                }
            }
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // A rule that fails on what a peer sent is our fault, and no reason to stop looking at other calls.
            LiveFindingsLog.RuleFailed(_log, call.Id, e);
        }

        return rows;
    }

    private void Write(List<FindingRow> rows, List<TracedCall> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        try
        {
            _store.Write(rows, calls);
            if (rows.Count > 0)
            {
                Wrote?.Invoke();
            }
        }
        catch (SqliteException e)
        {
            LiveFindingsLog.NotWritten(_log, calls.Count, e.Message);
        }
    }
}
