using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;

namespace Ringfence.Edge.Web.Diagnose;

/// <summary>Reads uploads, few at a time and for a bounded time, so that calls never wait for readers of traces.</summary>
internal sealed class TraceReading : IDisposable
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TraceLimits Limits = new()
    {
        MaxCalls = 20_000,
        MaxMessageBytes = 48L << 20,
        MaxStreams = 20_000,
        MaxAudio = 32L << 20,
    };
    private readonly SemaphoreSlim _room = new(AtOnce, AtOnce);

    /// <summary>Waits its turn to take an upload; false where others are at it.</summary>
    internal Task<bool> EnterAsync(CancellationToken cancellation) => _room.WaitAsync(Patience, cancellation);

    internal void Leave() => _room.Release();

    /// <summary>The diagnosis; null where nothing could be read.</summary>
    internal static Task<HeldDiagnosis?> ReadAsync(Upload upload, CancellationToken cancellation) =>
        Task.Run(
            () =>
            {
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                ending.CancelAfter(Longest);
                CallTrace trace = CallTrace.Read(
                    upload.Files,
                    new CaptureOptions { KeyLog = upload.KeyLog },
                    Limits,
                    ending.Token
                );
                return trace.Capture.AnythingRead
                    ? new HeldDiagnosis(
                        upload.Name,
                        CallDiagnosis.Of(trace),
                        ending.IsCancellationRequested,
                        upload.Size
                    )
                    : null;
            },
            cancellation
        );

    public void Dispose() => _room.Dispose();
}
