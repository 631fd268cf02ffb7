namespace Ringfence.Interop.Tests.Peers;

/// <summary>A SIPp that runs a scenario of the test's own.</summary>
internal sealed class SippRun(ForeignProgram program, string log, string errors) : IDisposable
{
    /// <summary>All that it sent and received, in order.</summary>
    internal SippMessage[] Messages => SippMessage.Read(log);

    /// <summary>How many messages have come.</summary>
    internal int Received => File.Exists(log) ? Messages.Count(message => !message.IsSent) : 0;

    /// <summary>What it complained about, and its ladder: for when a test fails.</summary>
    internal string Trouble =>
        (File.Exists(errors) ? File.ReadAllText(errors) : "")
        + string.Join(
            '\n',
            File.Exists(log)
                ? Messages.Select(message =>
                    $"{message.At} {(message.IsSent ? ">" : "<")} {message.Step} {message.Method}"
                )
                : []
        );

    /// <summary>Waits for its end and holds that every call went as the scenario says.</summary>
    internal async Task SucceedsAsync(Func<string>? more = null, int seconds = 30)
    {
        int code = await program.EndAsync(TimeSpan.FromSeconds(seconds), () => Trouble + more?.Invoke());
        code.ShouldBe(0, Trouble + "\n" + more?.Invoke());
    }

    /// <summary>Waits for a response of the other side and gives it.</summary>
    internal async Task<SippMessage> GotAsync(string step)
    {
        for (int i = 0; i < 1_000; i++)
        {
            if (
                File.Exists(log)
                && Messages.FirstOrDefault(message => !message.IsSent && message.Step == step) is { } message
            )
            {
                return message;
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"SIPp never got {step}:\n{Trouble}");
        throw new InvalidOperationException();
    }

    /// <summary>Waits until it has sent a request or response.</summary>
    internal async Task SentAsync(string step)
    {
        for (int i = 0; i < 1_000; i++)
        {
            if (File.Exists(log) && Messages.Any(message => message.IsSent && message.Step == step))
            {
                return;
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"SIPp never sent {step}:\n{Trouble}");
    }

    public void Dispose() => program.Dispose();
}
