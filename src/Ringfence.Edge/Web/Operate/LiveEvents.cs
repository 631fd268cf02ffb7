using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Ringfence.Edge.Web.Operate;

/// <summary>
/// <c>/live</c>: says that calls have come, as server-sent events, once a second at most; pages then fetch themselves anew. So a reader
/// costs what a page costs, whatever the number of calls.
/// </summary>
internal sealed class LiveEvents(CallBoard board, TimeProvider clock, CancellationToken ending)
{
    private const int MostReaders = 32;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private int _readers;

    internal async Task AnswerAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref _readers) > MostReaders)
        {
            Interlocked.Decrement(ref _readers);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        try
        {
            await TypedResults.ServerSentEvents(EventsAsync(either.Token)).ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The reader has left, or the edge ends: there is nobody to tell.
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    private async IAsyncEnumerable<SseItem<string>> EventsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Task<Task> changed = Next();
        yield return new SseItem<string>("", "open") { ReconnectionInterval = TimeSpan.FromSeconds(5) };
        while (!cancellation.IsCancellationRequested)
        {
            await Task.WhenAny(changed, Task.Delay(Silence, clock, cancellation)).ConfigureAwait(false);
            if (cancellation.IsCancellationRequested)
            {
                yield break;
            }

            // What comes while nothing is said is told after it.
            bool isNew = changed.IsCompleted;
            changed = isNew ? Next() : changed;
            // What has nothing to say still says so: else a reader that is gone would never be noticed.
            yield return new SseItem<string>("", isNew ? "calls" : "still");
            await Task.Delay(Pause, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task<Task> Next() => Task.WhenAny(board.Changed, board.Found);
}
