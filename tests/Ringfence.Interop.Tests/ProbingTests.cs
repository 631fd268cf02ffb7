using System.Net;
using System.Net.Sockets;
using System.Text;
using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests;

/// <summary>What those who probe see of the edge: sipsak's ping and traceroute; sipvicious finds no user, no password, no relay.</summary>
public sealed class ProbingTests
{
    private const string Known = "+33180001000";

    [Fact]
    public async Task Sipsak_is_answered_200_and_its_traceroute_483()
    {
        ForeignProgram.Need("sipsak", "sipsak");
        using TestFolder folder = new();
        using RunningEdge edge = await StartAsync(folder);

        string ping = await RunAsync(folder, 0, "sipsak", "-vv", "-s", $"sip:127.0.0.1:{edge.Port}");
        ping.ShouldContain("SIP/2.0 200 OK");
        string unknown = await AskAsync(edge.Port, "OPTIONS", "nobody", maxForwards: 0);
        unknown.ShouldStartWith("SIP/2.0 200");
        string trace = await AskAsync(edge.Port, "INVITE", Known, maxForwards: 0);
        trace.ShouldStartWith("SIP/2.0 483");
    }

    /// <summary>From a trunk's address, without users and with: user 100 is there, and no guess is his password.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sipvicious_finds_no_user_and_no_password(bool hasUsers)
    {
        ForeignProgram.Need("svwar", "sipvicious");
        using TestFolder folder = new();
        folder.Write("users.txt", $"100:127.0.0.1:MD5:{new string('a', 32)}\n");
        using RunningEdge edge = await StartAsync(folder, more: hasUsers ? WithUsers : "");
        string port = $"-p{edge.Port}";

        (await RunAsync(folder, null, "svmap", port, $"-P{FreePort.Next()}", "127.0.0.1")).ShouldContain("Ringfence");
        foreach (string method in (string[])["REGISTER", "OPTIONS", "INVITE"])
        {
            string found = await RunAsync(
                folder,
                null,
                "svwar",
                "--force",
                "-m",
                method,
                "-e100-160",
                port,
                $"-P{FreePort.Next()}",
                "127.0.0.1"
            );
            found.ShouldNotContain("reqauth");
            found.ShouldNotContain("noauth");
        }

        string cracked = await RunAsync(
            folder,
            null,
            "svcrack",
            "-u100",
            "-r1-200",
            port,
            $"-P{FreePort.Next()}",
            "127.0.0.1"
        );
        cracked.ShouldNotContain("| Password");
    }

    [Theory]
    [InlineData("REGISTER")]
    [InlineData("OPTIONS")]
    [InlineData("MESSAGE")]
    [InlineData("SUBSCRIBE")]
    [InlineData("INVITE")]
    public async Task A_stranger_gets_the_same_answer_for_known_and_unknown_users(string method)
    {
        using TestFolder folder = new();
        using RunningEdge edge = await StartAsync(folder, "192.0.2.1");

        string known = await AskAsync(edge.Port, method, Known);
        string unknown = await AskAsync(edge.Port, method, "nobody");
        WithoutTag(known).ShouldBe(WithoutTag(unknown));
        known.ShouldNotContain("WWW-Authenticate");
    }

    /// <summary>The same where the edge has users, for one who may register: what does not prove itself is challenged alike.</summary>
    [Theory]
    [InlineData("REGISTER", "SIP/2.0 401")]
    [InlineData("INVITE", "SIP/2.0 407")]
    [InlineData("OPTIONS", "SIP/2.0 200")]
    [InlineData("MESSAGE", "SIP/2.0 405")]
    public async Task A_user_and_nobody_are_answered_alike_where_there_are_users(string method, string status)
    {
        using TestFolder folder = new();
        folder.Write("users.txt", $"100:127.0.0.1:MD5:{new string('a', 32)}\n");
        using RunningEdge edge = await StartAsync(folder, more: WithUsers);

        string known = await AskAsync(edge.Port, method, "100@127.0.0.1");
        string unknown = await AskAsync(edge.Port, method, "9999@127.0.0.1");

        known.ShouldStartWith(status);
        WithoutNonce(WithoutTag(known)).ShouldBe(WithoutNonce(WithoutTag(unknown)));
    }

    /// <summary>Neither a Route header nor a foreign Request-URI makes the edge send a stranger's request on.</summary>
    [Theory]
    [InlineData("INVITE")]
    [InlineData("OPTIONS")]
    [InlineData("MESSAGE")]
    public async Task A_stranger_is_not_relayed(string method)
    {
        using TestFolder folder = new();
        using RunningEdge edge = await StartAsync(folder, "192.0.2.1");
        using Socket elsewhere = Bound();
        int port = ((IPEndPoint)elsewhere.LocalEndPoint!).Port;

        string byUri = await AskAsync(edge.Port, method, $"x@127.0.0.1:{port};x", more: "");
        string byRoute = await AskAsync(edge.Port, method, Known, more: $"Route: <sip:127.0.0.1:{port};lr>\r\n");
        byUri.ShouldStartWith("SIP/2.0 ");
        byRoute.ShouldStartWith("SIP/2.0 ");
        elsewhere.Poll(300_000, SelectMode.SelectRead).ShouldBeFalse("a request was relayed");
    }

    /// <summary>Users whose every trunk has to show who it is.</summary>
    private const string WithUsers = "registrar: { domains: 127.0.0.1, users: users.txt }";

    private static Task<RunningEdge> StartAsync(TestFolder folder, string from = "127.0.0.1", string more = "") =>
        RunningEdge.StartAsync(
            folder,
            FreePort.Next(),
            $$"""
            {{more}}
            trunks: [ { name: callers, from: {{from}}, authenticate: {{(more.Length > 0 ? "users" : "no")}} } ]
            routes: [ { match: "{{Known}}", to: [ "sip:127.0.0.1:9" ] } ]
            policy: [ { then: progress } ]
            """
        );

    private static async Task<string> RunAsync(TestFolder folder, int? code, string program, params string[] arguments)
    {
        using ForeignProgram run = ForeignProgram.Start(program, folder.Path, arguments);
        int ended = await run.EndAsync(TimeSpan.FromSeconds(60));
        (code ?? ended).ShouldBe(ended, run.Output);
        return run.Output;
    }

    private static string WithoutTag(string response) =>
        string.Join('\n', response.Split('\n').Where(line => !line.StartsWith("To:", StringComparison.Ordinal)));

    private static string WithoutNonce(string response) =>
        string.Join(
            '\n',
            response
                .Split('\n')
                .Select(line => line.Split("nonce=") is [var before, var after] ? before + after[66..] : line)
        );

    private static Socket Bound()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    /// <summary>One request by hand, the first final response to it.</summary>
    private static async Task<string> AskAsync(
        int port,
        string method,
        string user,
        int maxForwards = 70,
        string more = ""
    )
    {
        using Socket socket = Bound();
        socket.Connect(IPAddress.Loopback, port);
        string uri = user.Contains('@', StringComparison.Ordinal) ? $"sip:{user}" : $"sip:{user}@127.0.0.1:{port}";
        string request =
            $"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK{method}{user.Length}{more.Length};rport\r\n{more}From: <sip:probe@192.0.2.9>;tag=1\r\n"
            + $"To: <sip:probed@192.0.2.9>\r\nCall-ID: probe-{method}-{more.Length}-{user.Length}\r\nCSeq: 1 {method}\r\nContact: <sip:probe@192.0.2.9>\r\n"
            + $"Max-Forwards: {maxForwards}\r\nContent-Length: 0\r\n\r\n";
        byte[] buffer = new byte[65_535];
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        await socket.SendAsync(Encoding.UTF8.GetBytes(request), deadline.Token);
        while (true)
        {
            string response = Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, deadline.Token));
            if (!response.StartsWith("SIP/2.0 1", StringComparison.Ordinal))
            {
                // The requests differ in these on purpose.
                return string.Join(
                    '\n',
                    response
                        .Split("\r\n")
                        .Where(line =>
                            !line.StartsWith("Call-ID", StringComparison.Ordinal)
                            && !line.StartsWith("Via", StringComparison.Ordinal)
                        )
                );
            }
        }
    }
}
