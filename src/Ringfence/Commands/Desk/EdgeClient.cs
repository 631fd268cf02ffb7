using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ringfence.Output;

namespace Ringfence.Commands.Desk;

/// <summary>Asks a running edge by its API.</summary>
internal sealed class EdgeClient : IDisposable
{
    private static readonly Option<string> Address = new("--edge")
    {
        Description = "Where the edge serves its pages",
        HelpName = "url",
        DefaultValueFactory = _ => "http://127.0.0.1:8080",
    };
    private static readonly Option<FileInfo?> Password = new("--password-file")
    {
        Description = "A file with the password, where the edge has a web-password",
        HelpName = "file",
    };

    private readonly HttpClient _client;

    private EdgeClient(Uri address, string? password)
    {
        _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
        if (password is not null)
        {
            string pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"operator:{password}"));
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", pair);
        }
    }

    internal static void AddTo(Command command)
    {
        command.Options.Add(Address);
        command.Options.Add(Password);
    }

    /// <summary>
    /// Asks once, and hands on what came: the status and the JSON. What stands in the way is told, and ends with
    /// <see cref="ExitCode.Unusable"/>.
    /// </summary>
    internal static async Task<int> AskAsync(
        ParseResult parsed,
        Func<EdgeClient, Task<EdgeReply>> ask,
        Func<EdgeReply, int> told
    )
    {
        string address = parsed.GetValue(Address)!;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? edge) || edge.Scheme is not ("http" or "https"))
        {
            return Unusable($"--edge {address}: for instance http://127.0.0.1:8080");
        }

        try
        {
            string? password = parsed.GetValue(Password) is { } file
                ? (await File.ReadAllTextAsync(file.FullName).ConfigureAwait(false)).Trim()
                : null;
            using var client = new EdgeClient(edge, password);
            EdgeReply reply = await ask(client).ConfigureAwait(false);
            return reply.Status is 401 or 403
                ? Unusable(
                    $"{address} does not let us in: {reply.Detail}; --password-file names the operator's password"
                )
                : told(reply);
        }
        catch (Exception e)
            when (e is HttpRequestException or SocketException or TaskCanceledException or JsonException)
        {
            return Unusable($"no edge answers at {address}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unusable(e.Message);
        }
    }

    internal async Task<EdgeReply> SendAsync(
        HttpMethod method,
        string path,
        Action<Utf8JsonWriter>? body,
        CancellationToken cancellation
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                body(json);
                json.WriteEndObject();
            }

            request.Content = new ByteArrayContent(buffer.ToArray())
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
        }

        using HttpResponseMessage response = await _client.SendAsync(request, cancellation).ConfigureAwait(false);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        using JsonDocument document = JsonDocument.Parse(bytes.Length == 0 ? "null"u8.ToArray() : bytes);
        return new EdgeReply((int)response.StatusCode, document.RootElement.Clone());
    }

    /// <summary>A number or token as one segment of a path.</summary>
    internal static string Segment(string text) => Uri.EscapeDataString(text);

    public void Dispose() => _client.Dispose();

    private static int Unusable(string what)
    {
        Console.Error.WriteLine($"ringfence: {what}");
        return ExitCode.Unusable;
    }
}
