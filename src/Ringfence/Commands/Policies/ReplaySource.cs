using System.Globalization;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Edge.Configuration;
using Ringfence.Output;
using Ringfence.Screening.Facts;

namespace Ringfence.Commands.Policies;

/// <summary>The calls of all files of a replay, one after another, while a bar shows how far it is.</summary>
internal sealed class ReplaySource(
    RecordSpan span,
    IReadOnlyList<TrunkConfiguration> trunks,
    bool believe,
    ProgressLine bar,
    CancellationToken cancellation
)
{
    private readonly CapturedCalls _captured = new(trunks, believe);

    /// <summary>The file that is being read.</summary>
    internal string Current { get; private set; } = "";

    internal IEnumerable<CallFacts> Read(string path)
    {
        Current = path;
        IEnumerable<CallFacts> calls = RecordedCalls.KindOf(path) switch
        {
            RecordKind.Database => RecordedCalls.OfDatabase(path, span, Progress),
            RecordKind.Json => RecordedCalls.OfJson(File.ReadAllText(path)),
            _ => OfCapture(path),
        };
        foreach (CallFacts facts in calls)
        {
            cancellation.ThrowIfCancellationRequested();
            if (span.Contains(facts.At))
            {
                yield return facts;
            }
        }
    }

    /// <summary>Says what a reader of the result has to know of it.</summary>
    internal void TellWhatIsUncertain()
    {
        if (_captured.Signed > 0)
        {
            Console.Error.WriteLine(
                believe
                    ? $"ringfence: {_captured.Signed} calls have an Identity, which was believed and not verified"
                    : $"ringfence: {_captured.Signed} calls have an Identity, which is not verified here; --believe-identity takes what it says"
            );
        }
    }

    private IEnumerable<CallFacts> OfCapture(string path)
    {
        double size = Math.Max(1, new FileInfo(path).Length);
        CallTrace trace = CallTrace.Read(
            [CaptureInput.File(path)],
            new CaptureOptions { Progress = read => bar.Report(read / size, Path.GetFileName(path)) },
            cancellation: cancellation
        );
        return trace.Capture.AnythingRead
            ? _captured.Read(trace)
            : throw new InvalidDataException("nothing in it could be read as a capture, a log, facts or a database");
    }

    private void Progress(long done, long total) =>
        bar.Report((double)done / total, $"{done.ToString("N0", CultureInfo.InvariantCulture)} calls");
}
