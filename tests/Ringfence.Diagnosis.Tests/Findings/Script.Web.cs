using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Diagnosis.Capture.Tls;
using Ringfence.Diagnosis.Tests.Capture;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>The callee fetches the certificate of a PASSporT: DNS, TCP, TLS 1.3 and HTTP, byte for byte the same each time.</summary>
internal sealed partial class Script
{
    public const string WebHost = "192.0.2.80";
    public const byte Syn = 0x02;
    public const byte SynAck = 0x12;
    public const byte Rst = 0x14;
    public const byte Push = 0x18;
    private const string NameServer = "192.0.2.53";
    private const int Random = 32;

    // Any bytes will do for secrets that both sides have in the key log.
    private static readonly byte[] ClientRandom = [.. Enumerable.Range(0, Random).Select(i => (byte)(i + 1))];
    private readonly List<string> _secrets = [];
    private int _webPort = 40_000;
    private string _webHost = WebHost;
    private int _webService = 443;
    private uint _fromClient;
    private uint _fromServer;

    /// <summary>The callee asks for the address of a name.</summary>
    public Script Ask(string name, int type = 1)
    {
        var query = Packets.Join([0x80, 9, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0], Question(name, type));
        return Web(Packets.IPv4(17, Packets.Udp(query, 30_053, 53), _b, NameServer));
    }

    /// <summary>The name server answers: with an address, or with an error.</summary>
    public Script Named(string name, int error = 0, string? address = WebHost, int type = 1)
    {
        var isFound = error == 0 && address is not null;
        var head = Packets.Join([0x80, 9, 0x81, (byte)(0x80 | error), 0, 1, 0, (byte)(isFound ? 1 : 0), 0, 0, 0, 0]);
        var answer = isFound ? Answer4(IPAddress.Parse(address!).GetAddressBytes()) : [];
        var response = Packets.Join(head, Question(name, type), answer);
        return Web(Packets.IPv4(17, Packets.Udp(response, 53, 30_053), NameServer, _b));
    }

    /// <summary>From here on another connection of the callee.</summary>
    public Script Connect(byte answer = SynAck, string host = WebHost, int port = 443)
    {
        (_webPort, _fromClient, _fromServer, _webHost, _webService) = (_webPort + 1, 0, 0, host, port);
        _ = Web(true, Syn);
        return answer == 0 ? this : Web(false, answer);
    }

    /// <summary>A segment between the callee and the server.</summary>
    public Script Web(bool fromClient, byte flags, params byte[] payload)
    {
        ref var sent = ref fromClient ? ref _fromClient : ref _fromServer;
        var (from, to) = fromClient ? (_webPort, _webService) : (_webService, _webPort);
        var tcp = Packets.Tcp(sent, payload, flags, from, to);
        sent += (uint)payload.Length + ((flags & Syn) != 0 ? 1u : 0);
        return Web(fromClient ? Packets.IPv4(6, tcp, _b, _webHost) : Packets.IPv4(6, tcp, _webHost, _b));
    }

    /// <summary>An ICMP error of the server about the attempt to connect.</summary>
    public Script WebUnreachable()
    {
        var quoted = Packets.IPv4(6, Packets.Tcp(0, [], Syn, _webPort, 443), _b, WebHost);
        return Web(Packets.IPv4(1, Packets.Join([3, 1, 0, 0, 0, 0, 0, 0], quoted), WebHost, _b));
    }

    /// <summary>The hello of a TLS client that names the server it wants.</summary>
    public Script Hello(string server)
    {
        var name = Encoding.ASCII.GetBytes(server);
        byte[] entry = [.. Packets.U16(name.Length + 3), 0, .. Packets.U16(name.Length), .. name];
        byte[] extensions =
        [
            .. Packets.U16(0),
            .. Packets.U16(entry.Length),
            .. entry,
            .. Packets.U16(43),
            .. Packets.U16(3),
            .. new byte[] { 2, 3, 4 },
        ];
        byte[] hello =
        [
            3,
            3,
            .. ClientRandom,
            .. new byte[] { 0, 0, 2, 0x13, 0x01, 1, 0 },
            .. Packets.U16(extensions.Length),
            .. extensions,
        ];
        return Web(true, Push, Record(22, Handshake(1, hello)));
    }

    /// <summary>The hello of a server that chooses TLS 1.3 with AES-128-GCM (RFC 8446 §4.1.3).</summary>
    public Script ServerHello() =>
        Web(
            false,
            Push,
            Record(22, Handshake(2, [3, 3, .. new byte[Random], 0, 0x13, 0x01, 0, 0, 6, 0, 43, 0, 2, 3, 4]))
        );

    /// <summary>A whole exchange within TLS 1.3; its keys are in the capture.</summary>
    public Script Https(string server, string request, string response)
    {
        _ = Hello(server).ServerHello();
        var finished = Handshake(20, new byte[32]);
        _ = Web(false, Push, Sealed(Secret("SERVER_HANDSHAKE_TRAFFIC_SECRET"), 22, finished));
        _ = Web(true, Push, Sealed(Secret("CLIENT_HANDSHAKE_TRAFFIC_SECRET"), 22, finished));
        _ = Web(true, Push, Sealed(Secret("CLIENT_TRAFFIC_SECRET_0"), 23, Encoding.ASCII.GetBytes(request)));
        return Web(false, Push, Sealed(Secret("SERVER_TRAFFIC_SECRET_0"), 23, Encoding.ASCII.GetBytes(response)));
    }

    public static byte[] Alert(byte description) => Record(21, [2, description]);

    /// <summary>A record that only its two ends can read.</summary>
    public static byte[] Opaque(int length) => Record(23, new byte[length]);

    private Script Web(byte[] packet)
    {
        _frames.Add((_time, Packets.Ethernet(Packets.IPv4Type, packet)));
        _time += 5;
        return this;
    }

    private byte[] Secret(string label)
    {
        var secret = SHA256.HashData(Encoding.ASCII.GetBytes(label));
        _secrets.Add($"{label} {Convert.ToHexStringLower(ClientRandom)} {Convert.ToHexStringLower(secret)}\n");
        return secret;
    }

    // The first record under a secret (RFC 8446 §5.2): its number is 0, so that the nonce is the initialisation vector itself.
    private static byte[] Sealed(byte[] secret, byte type, byte[] contents)
    {
        const int Tag = 16;
        byte[] clear = [.. contents, type];
        var room = new byte[clear.Length + Tag];
        byte[] header = [23, 3, 3, .. Packets.U16(room.Length)];
        using var cipher = new AesGcm(KeySchedule.ExpandLabel(HashAlgorithmName.SHA256, secret, "key", 16), Tag);
        cipher.Encrypt(
            KeySchedule.ExpandLabel(HashAlgorithmName.SHA256, secret, "iv", 12),
            clear,
            room.AsSpan(0, clear.Length),
            room.AsSpan(clear.Length),
            header
        );
        return [.. header, .. room];
    }

    private static byte[] Record(byte type, byte[] body) => [type, 3, 3, .. Packets.U16(body.Length), .. body];

    private static byte[] Handshake(byte type, byte[] body) => [type, 0, .. Packets.U16(body.Length), .. body];

    private static byte[] Question(string name, int type) =>
        [
            .. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]),
            0,
            .. Packets.U16(type),
            0,
            1,
        ];

    private static byte[] Answer4(byte[] address) =>
        [0xC0, 12, .. Packets.U16(1), 0, 1, 0, 0, 0, 60, .. Packets.U16(address.Length), .. address];
}
