using System.Diagnostics;
using System.Net;

namespace Ringfence.Web.Tests;

/// <summary><c>ringfence codes</c> as a process of its own.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task Serve_says_where_it_is_to_be_seen()
    {
        using Process process = Start("codes", "serve", "--listen", "127.0.0.1:0");
        try
        {
            string ready = (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
            ready.ShouldStartWith("ready: http://127.0.0.1:");
            using HttpClient client = new();
            using HttpResponseMessage response = await client.GetAsync(
                new Uri(ready["ready: ".Length..].Split(';')[0]),
                TestContext.Current.CancellationToken
            );
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            process.Kill();
        }
    }

    [Theory]
    [InlineData("serve", "--listen", "nowhere")]
    [InlineData("serve", "--address", "codes.example.net")]
    [InlineData("export", "site", "--address", "ftp://example.net")]
    [InlineData("export", "/dev/null/site")]
    public async Task A_mistake_is_named_and_ends_with_2(params string[] arguments)
    {
        using Process process = Start(["codes", .. arguments]);
        Task<string> shown = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        said.ShouldStartWith("ringfence: ");
        process.ExitCode.ShouldBe(2);
        (await shown).ShouldNotContain("ready");
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ringfence.dll"), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
