using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests.Listening;

/// <summary>A user agent that knows nothing of ours: requests written by hand over UDP or TCP, responses to challenges by openssl.</summary>
internal sealed class DigestPeer : IDisposable
{
    internal const string Password = "open sesame";
    private static readonly string[] Copied = ["Via:", "From:", "To:", "Call-ID:", "CSeq:"];
    private readonly Socket _socket;
    private readonly TestFolder _folder;
    private readonly string _via;
    private readonly string _callId = Guid.NewGuid().ToString("N");
    private int _cseq;

    internal DigestPeer(TestFolder folder, int port, bool isTcp = false)
    {
        _folder = folder;
        _via = isTcp ? "TCP" : "UDP";
        _socket = new Socket(
            AddressFamily.InterNetwork,
            isTcp ? SocketType.Stream : SocketType.Dgram,
            isTcp ? ProtocolType.Tcp : ProtocolType.Udp
        )
        {
            ReceiveTimeout = 20_000,
        };
        _socket.Connect(IPAddress.Loopback, port);
    }

    internal int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Sends a request, and gives its first response that is not 100.</summary>
    internal string Ask(string method, string uri, string contact, string body = "", string authorization = "")
    {
        Send(
            $"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/{_via} 10.9.9.9:5060;branch=z9hG4bK{Guid.NewGuid():N};rport\r\n"
                + $"Max-Forwards: 70\r\nFrom: <sip:alice@127.0.0.1>;tag=a\r\nTo: <{(method == "REGISTER" ? "sip:alice@127.0.0.1" : uri)}>\r\n"
                + $"Call-ID: {_callId}\r\nCSeq: {++_cseq} {method}\r\nContact: {contact}\r\nSupported: path\r\n{authorization}"
                + (body.Length > 0 ? "Content-Type: application/sdp\r\n" : "")
                + $"Content-Length: {body.Length}\r\n\r\n{body}"
        );
        string response = Receive();
        while (response.StartsWith("SIP/2.0 100", StringComparison.Ordinal))
        {
            response = Receive();
        }

        return response;
    }

    /// <summary>Registers at a contact, with a challenge answered, and gives the last response.</summary>
    internal async Task<string> RegisterAsync(string contact)
    {
        const string Uri = "sip:127.0.0.1";
        string challenge = Ask("REGISTER", Uri, contact);
        string credentials = await AnswerAsync(challenge, "MD5", "auth", "REGISTER", Uri, "");
        return Ask("REGISTER", Uri, contact, authorization: credentials);
    }

    internal void Send(string message) => _socket.Send(Encoding.UTF8.GetBytes(message));

    /// <summary>The next message; over TCP, what has come at once.</summary>
    internal string Receive()
    {
        byte[] buffer = new byte[65_536];
        return Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer));
    }

    /// <summary>Refuses a request that came.</summary>
    internal void Refuse(string request, string status)
    {
        IEnumerable<string> copied = request
            .Split("\r\n")
            .Where(line => Copied.Any(name => line.StartsWith(name, StringComparison.Ordinal)))
            .Select(line => line.StartsWith("To:", StringComparison.Ordinal) ? line + ";tag=b" : line);
        Send($"SIP/2.0 {status}\r\n{string.Join("\r\n", copied)}\r\nContent-Length: 0\r\n\r\n");
    }

    /// <summary>The header line that answers a challenge by one of its algorithms (RFC 7616 §3.4).</summary>
    internal async Task<string> AnswerAsync(
        string challenge,
        string algorithm,
        string qop,
        string method,
        string uri,
        string body
    )
    {
        string line = challenge
            .Split("\r\n")
            .First(header =>
                header.Contains("-Authenticate:", StringComparison.Ordinal)
                && header.Contains($"algorithm={algorithm}", StringComparison.Ordinal)
            );
        Field(line, "qop").Split(',').Select(value => value.Trim()).ShouldContain(qop);
        string name = line.StartsWith("WWW", StringComparison.Ordinal) ? "Authorization" : "Proxy-Authorization";
        string nonce = Field(line, "nonce");
        string response = await ResponseAsync(
            _folder,
            algorithm,
            "alice",
            nonce,
            "00000001",
            "cn",
            qop,
            method,
            uri,
            body
        );
        return $"{name}: Digest username=\"alice\", realm=\"127.0.0.1\", nonce=\"{nonce}\", uri=\"{uri}\", response=\"{response}\", "
            + $"algorithm={algorithm}, qop={qop}, nc=00000001, cnonce=\"cn\"\r\n";
    }

    /// <summary>What credentials must say (RFC 7616 §3.4.1), by openssl.</summary>
    internal static async Task<string> ResponseAsync(
        TestFolder folder,
        string algorithm,
        string user,
        string nonce,
        string count,
        string clientNonce,
        string qop,
        string method,
        string uri,
        string body
    )
    {
        string secret = await HashAsync(folder, algorithm, $"{user}:127.0.0.1:{Password}");
        string what =
            qop == "auth-int" ? $"{method}:{uri}:{await HashAsync(folder, algorithm, body)}" : $"{method}:{uri}";
        string hashed = await HashAsync(folder, algorithm, what);
        return await HashAsync(folder, algorithm, $"{secret}:{nonce}:{count}:{clientNonce}:{qop}:{hashed}");
    }

    internal static async Task<string> HashAsync(TestFolder folder, string algorithm, string text)
    {
        string file = folder.Write($"{Guid.NewGuid():N}.txt", text);
        string named = algorithm.ToLowerInvariant().Replace("sha-", "sha", StringComparison.Ordinal);
        using ForeignProgram openssl = ForeignProgram.Start("openssl", folder.Path, "dgst", "-r", "-" + named, file);
        (await openssl.EndAsync(TimeSpan.FromSeconds(20))).ShouldBe(0, openssl.Output);
        await openssl.SaysAsync(" *", TimeSpan.FromSeconds(20));
        return openssl.Output.Trim().Split(' ')[0];
    }

    /// <summary>A parameter of a header line, quoted or not.</summary>
    internal static string Field(string line, string name) =>
        Regex
            .Match(line, $"[ ,]{name}=(\"[^\"]*\"|[^,]*)", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Groups[1]
            .Value.Trim('"');

    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _socket.Dispose();
}
