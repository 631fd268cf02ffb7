using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Edge;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Web;

namespace Ringfence.Web.Tests.Operate;

/// <summary>A running edge with its pages, a caller that sends INVITEs over UDP, and a callee that answers each with 200.</summary>
internal sealed class PagedEdge : IAsyncDisposable
{
    internal const string Callee = "+33199001234";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pages-");
    private readonly UdpClient _caller = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _callee = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _answering;
    private readonly WebHost _web;
    private int _calls;

    private PagedEdge()
    {
        string yaml = $$"""
            listen: [ "udp:127.0.0.1:0" ]
            lanes: 1
            trunks: [ { name: carrier-a, from: [ 127.0.0.1 ] } ]
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{Port(_callee)}}" ] } ]
            policy:
              - { name: blocklist, owner: user, when: { caller-in: callee.blocked }, then: refuse 607, because: { en: "blocked by the called party", de: "vom Angerufenen gesperrt" } }
              - { then: progress }
            storage: sqlite:edge.db
            """;
        ConfigurationResult read = ConfigurationReader.Read(yaml, "pages.yaml", _folder.FullName);
        read.Configuration.ShouldNotBeNull(string.Join('\n', read.Mistakes));
        Host = EdgeHost.Start(read.Configuration, NullLogger.Instance);
        _web = WebHost.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), edge: Host).GetAwaiter().GetResult();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _web.Address };
        _answering = AnswerAsync();
    }

    internal EdgeHost Host { get; }

    internal HttpClient Client { get; }

    internal Uri Address => _web.Address;

    internal static PagedEdge Start() => new();

    /// <summary>Calls, and waits until the record is written; the id of the record.</summary>
    internal async Task<string> CallAsync(string caller)
    {
        string callId = string.Create(CultureInfo.InvariantCulture, $"paged-{++_calls}@127.0.0.1");
        Task written = Host.Board.Changed;
        await InviteAsync(caller, callId);
        await written.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        JsonElement calls = await JsonAsync($"/api/v1/calls?q={callId}");
        return calls.GetProperty("calls")[0].GetProperty("id").GetString()!;
    }

    internal async Task<int> StatusAsync(string id) =>
        (await JsonAsync($"/api/v1/calls/{id}")).GetProperty("status").GetInt32();

    internal async Task<JsonElement> JsonAsync(string address) =>
        JsonDocument.Parse(await TextAsync(address)).RootElement;

    internal async Task<string> TextAsync(string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        using HttpResponseMessage response = await Client.GetAsync(
            new Uri(address, UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        response.StatusCode.ShouldBe(status, address);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Client.Dispose();
        await _web.DisposeAsync();
        await Host.DisposeAsync();
        _caller.Dispose();
        _callee.Dispose();
        _ending.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task InviteAsync(string caller, string callId)
    {
        string at = $"127.0.0.1:{Port(_caller)}";
        string invite = Lines(
            $"INVITE sip:{Callee}@127.0.0.1 SIP/2.0",
            $"Via: SIP/2.0/UDP {at};branch=z9hG4bKb{_calls}",
            "Max-Forwards: 70",
            $"From: <sip:{caller}@carrier.example>;tag=a",
            $"To: <sip:{Callee}@127.0.0.1>",
            $"Call-ID: {callId}",
            "CSeq: 1 INVITE",
            $"Contact: <sip:{at}>",
            "Content-Length: 0"
        );
        IPEndPoint edge = Host.Listening[0].EndPoint;
        await _caller.SendAsync(Encoding.ASCII.GetBytes(invite), edge, TestContext.Current.CancellationToken);
        while (true)
        {
            UdpReceiveResult received = await _caller.ReceiveAsync(TestContext.Current.CancellationToken);
            string response = Encoding.ASCII.GetString(received.Buffer);
            if (response.Contains(callId, StringComparison.Ordinal) && response[8] != '1')
            {
                string ack = Lines(
                    $"ACK sip:{Callee}@127.0.0.1 SIP/2.0",
                    $"Via: SIP/2.0/UDP {at};branch=z9hG4bKb{_calls}{(response[8] == '2' ? "ack" : "")}",
                    "Max-Forwards: 70",
                    $"From: <sip:{caller}@carrier.example>;tag=a",
                    Line(response, "To"),
                    $"Call-ID: {callId}",
                    "CSeq: 1 ACK",
                    "Content-Length: 0"
                );
                await _caller.SendAsync(Encoding.ASCII.GetBytes(ack), edge, TestContext.Current.CancellationToken);
                return;
            }
        }
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            UdpReceiveResult received = await _callee.ReceiveAsync(_ending.Token);
            string request = Encoding.ASCII.GetString(received.Buffer);
            if (!request.StartsWith("INVITE ", StringComparison.Ordinal))
            {
                continue;
            }

            string[] copied =
            [
                .. request
                    .Split("\r\n")
                    .Where(line =>
                        new[] { "Via", "From", "Call-ID", "CSeq", "Record-Route" }.Contains(line.Split(':')[0])
                    ),
            ];
            string response = Lines([
                "SIP/2.0 200 OK",
                .. copied,
                Line(request, "To") + ";tag=b",
                $"Contact: <sip:127.0.0.1:{Port(_callee)}>",
                "Content-Length: 0",
            ]);
            await _callee.SendAsync(Encoding.ASCII.GetBytes(response), received.RemoteEndPoint, _ending.Token);
        }
    }

    private static string Lines(params string[] lines) => string.Join("\r\n", lines) + "\r\n\r\n";

    private static string Line(string message, string name) =>
        message.Split("\r\n").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));

    private static string Port(UdpClient socket) =>
        ((IPEndPoint)socket.Client.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
}
