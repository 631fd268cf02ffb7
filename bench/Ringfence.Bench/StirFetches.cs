using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Edge;
using Ringfence.Edge.Configuration;
using Ringfence.Stir.Authentication;

namespace Ringfence.Bench;

/// <summary>
/// Signed calls to one lane of an edge over UDP, with and without a hundred fetches under way from hosts that never answer: in turn, so
/// that whatever else the machine does meets both alike. A call is answered once it is verified: there is no route, so by 404.
/// </summary>
internal sealed class StirFetches : IDisposable
{
    private const int Slow = 100;
    private const int Hosts = 10;
    private readonly StirSample _sample = new();
    private readonly TcpListener[] _silent = [.. Enumerable.Range(2, Hosts).Select(Listen)];
    private readonly TcpListener _quick = Listen(1);
    private readonly Socket _caller = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _buffer = new byte[65_536];
    private int _calls;

    private StirFetches()
    {
        _caller.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _caller.ReceiveTimeout = 10_000;
    }

    internal static async Task<int> RunAsync(int rounds, int calls)
    {
        using var bench = new StirFetches();
        return await bench.CompareAsync(rounds, calls).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (TcpListener listener in _silent.Append(_quick))
        {
            listener.Dispose();
        }

        _caller.Dispose();
        _sample.Dispose();
    }

    private async Task<int> CompareAsync(int rounds, int calls)
    {
        string folder = Directory.CreateTempSubdirectory("stir-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "root.pem"), _sample.Authority.Root.ExportCertificatePem())
            .ConfigureAwait(false);
        EdgeHost edge = EdgeHost.Start(Configuration(folder), NullLogger.Instance);
        await using (edge.ConfigureAwait(false))
        {
            await _caller.ConnectAsync(edge.Listening[0].EndPoint).ConfigureAwait(false);
            Task serving = ServeOnceAsync();
            using SigningKey quick = _sample.Signer($"http://{_quick.LocalEndpoint}/chain.pem");
            Measure(quick, 200);
            await serving.ConfigureAwait(false);
            List<double> without = [];
            List<double> with = [];
            for (int round = 0; round < rounds; round++)
            {
                without.AddRange(Measure(quick, calls));
                Delay();
                with.AddRange(Measure(quick, calls));

                // Until the deadline of the fetches is over.
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2.5));
                await timer.WaitForNextTickAsync().ConfigureAwait(false);
                Drain();
            }

            return Report(without, with);
        }
    }

    private static int Report(List<double> without, List<double> with)
    {
        double ratio = Percentile(with, 99) / Percentile(without, 99);
        Console.WriteLine($"{without.Count} verified calls each, in turn: INVITE to final response, µs");
        Line("no fetch under way", without);
        Line($"{Slow} fetches that never end", with);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  p99 with / without: {ratio:F2}"));
        return ratio <= 1.2 ? 0 : 1;
    }

    private static void Line(string what, List<double> times) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {what, -28} p50 {Percentile(times, 50), 8:F0}   p99 {Percentile(times, 99), 8:F0}"
            )
        );

    private static double Percentile(List<double> times, int percent)
    {
        double[] sorted = [.. times.Order()];
        return sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }

    private EdgeConfiguration Configuration(string folder)
    {
        string hosts = string.Join(", ", _silent.Append(_quick).Select(host => $"\"{host.LocalEndpoint}\""));
        return ConfigurationReader
            .Read(
                $$"""
                listen: [ "udp:127.0.0.1:0" ]
                lanes: 1
                web: off
                trunks: [ { name: carrier, from: 127.0.0.1 } ]
                policy: [ { then: progress } ]
                stir: { trust: root.pem, deadline: 10s, test-hosts: [ {{hosts}} ] }
                """,
                "bench.yaml",
                folder
            )
            .Configuration!;
    }

    /// <summary>Microseconds from each INVITE to its final response, one call after the other.</summary>
    private List<double> Measure(SigningKey key, int calls)
    {
        // Signed before, so that the caller's own work is not in the figures.
        (string Id, byte[] Invite)[] invites = [.. Enumerable.Range(0, calls).Select(_ => Invite(key))];
        List<double> times = new(calls);
        foreach ((string id, byte[] invite) in invites)
        {
            long start = TimeProvider.System.GetTimestamp();
            _caller.Send(invite);
            string answer = Final(id);
            times.Add(TimeProvider.System.GetElapsedTime(start).TotalMicroseconds);
            _caller.Send(Encoding.ASCII.GetBytes(Ack(id, answer)));
        }

        return times;
    }

    /// <summary>Calls that wait for certificates which do not come.</summary>
    private void Delay()
    {
        for (int at = 0; at < Slow; at++)
        {
            using SigningKey key = _sample.Signer($"http://{_silent[at % Hosts].LocalEndpoint}/{_calls}.pem");
            _caller.Send(Invite(key).Invite);
        }
    }

    private void Drain()
    {
        while (_caller.Available > 0)
        {
            _caller.Receive(_buffer);
        }
    }

    private string Final(string id)
    {
        while (true)
        {
            string message = Encoding.ASCII.GetString(_buffer, 0, _caller.Receive(_buffer));
            if (message[8] >= '2' && message.Contains($"Call-ID: {id}\r\n", StringComparison.Ordinal))
            {
                return message;
            }
        }
    }

    private (string Id, byte[] Invite) Invite(SigningKey key)
    {
        string id = $"c{_calls++}";
        string identity = PassportSigner.Sign(key, StirSample.Claims()).Header;
        return (
            id,
            Encoding.ASCII.GetBytes(
                Request("INVITE", id, $"To: <sip:+{StirSample.Called}@b.example>")
                    + $"Contact: <sip:{_caller.LocalEndPoint}>\r\nIdentity: {identity}\r\nContent-Length: 0\r\n\r\n"
            )
        );
    }

    private string Ack(string id, string answer) =>
        Request("ACK", id, answer.Split("\r\n").First(line => line.StartsWith("To:", StringComparison.Ordinal)))
        + "Content-Length: 0\r\n\r\n";

    private string Request(string method, string id, string to) =>
        $"{method} sip:+{StirSample.Called}@b.example SIP/2.0\r\nVia: SIP/2.0/UDP {_caller.LocalEndPoint};branch=z9hG4bK{id}\r\n"
        + $"From: <sip:+{StirSample.Caller}@a.example>;tag=f{id}\r\n{to}\r\nCall-ID: {id}\r\nCSeq: 1 {method}\r\nMax-Forwards: 70\r\n";

    /// <summary>Serves the chain to the first who asks: afterwards it is at hand.</summary>
    private async Task ServeOnceAsync()
    {
        using TcpClient client = await _quick.AcceptTcpClientAsync().ConfigureAwait(false);
        NetworkStream stream = client.GetStream();
        await stream.ReadAtLeastAsync(new byte[4096], 1).ConfigureAwait(false);
        await stream
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 200 OK\r\nContent-Length: {_sample.Chain.Length}\r\nConnection: close\r\n\r\n{_sample.Chain}"
                )
            )
            .ConfigureAwait(false);
    }

    /// <summary>Each on an address of its own: fetches are limited by host.</summary>
    private static TcpListener Listen(int last)
    {
        var listener = new TcpListener(new IPAddress([127, 0, 0, (byte)last]), 0);
        listener.Start();
        return listener;
    }
}
