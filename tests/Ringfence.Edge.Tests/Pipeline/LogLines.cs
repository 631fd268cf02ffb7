using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ringfence.Edge.Tests.Pipeline;

/// <summary>Keeps log lines: their ids and texts.</summary>
internal sealed class LogLines : ILogger
{
    private readonly ConcurrentQueue<(int Id, string Text)> _lines = new();

    internal IEnumerable<string> Of(int id) => _lines.Where(line => line.Id == id).Select(line => line.Text);

    internal IEnumerable<int> Ids => _lines.Select(line => line.Id);

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _lines.Enqueue((eventId.Id, formatter(state, exception)));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
