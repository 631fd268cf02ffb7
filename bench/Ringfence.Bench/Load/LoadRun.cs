using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ringfence.Bench.Load;

/// <summary>
/// Sends INVITEs to a server on loopback and acknowledges their final responses: with so many outstanding (closed loop), or at
/// a rate whether or not the server keeps up (open loop, latency counted from the due time).
/// </summary>
internal sealed class LoadRun : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CallTemplate _template;
    private readonly byte[] _received = new byte[65_535];
    private readonly byte[] _ack = new byte[4_096];
    private readonly List<double> _latencies = [];
    private readonly Dictionary<long, long> _started = [];
    private long _next = Stopwatch.GetTimestamp() & 0xFFFF_FFFF_0000;
    private int _sent;
    private int _done;

    internal LoadRun(string callee, int serverPort)
    {
        _socket.ReceiveBufferSize = 4 << 20;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Connect(IPAddress.Loopback, serverPort);
        _template = new CallTemplate(callee, ((IPEndPoint)_socket.LocalEndPoint!).Port, serverPort);
    }

    internal LoadResult Closed(int window, TimeSpan duration, ServerProcess server)
    {
        long start = Begin(server, out TimeSpan cpu);
        for (int i = 0; i < window; i++)
        {
            Invite(Stopwatch.GetTimestamp());
        }

        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            if (_socket.Poll(10_000, SelectMode.SelectRead) && Receive())
            {
                Invite(Stopwatch.GetTimestamp());
            }
        }

        return End(start, cpu, server);
    }

    internal LoadResult Open(int callsPerSecond, TimeSpan duration, ServerProcess server)
    {
        long start = Begin(server, out TimeSpan cpu);
        double step = Stopwatch.Frequency / (double)callsPerSecond;
        int total = (int)(duration.TotalSeconds * callsPerSecond);
        long drainedBy = start + (long)((duration.TotalSeconds + 0.5) * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < drainedBy && _done < total)
        {
            long now = Stopwatch.GetTimestamp();
            while (_sent < total && start + (long)(_sent * step) is var due && due <= now)
            {
                Invite(due);
            }

            while (_socket.Available > 0)
            {
                Receive();
            }

            long wait =
                _sent < total ? start + (long)(_sent * step) - Stopwatch.GetTimestamp() : Stopwatch.Frequency / 1000;
            if (wait > 0)
            {
                _socket.Poll((int)(wait * 1_000_000 / Stopwatch.Frequency), SelectMode.SelectRead);
            }
        }

        return End(start, cpu, server);
    }

    /// <summary>Calls again and again until a call is answered; false when none is in time.</summary>
    internal bool Answers(TimeSpan within)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < within; )
        {
            try
            {
                Invite(Stopwatch.GetTimestamp());
                if (_socket.Poll(200_000, SelectMode.SelectRead) && Receive())
                {
                    return true;
                }
            }
            catch (SocketException)
            {
                // Nobody listens yet: the kernel says so on the next call.
                _socket.Poll(50_000, SelectMode.SelectError);
            }
        }

        return false;
    }

    public void Dispose() => _socket.Dispose();

    private long Begin(ServerProcess server, out TimeSpan cpu)
    {
        _sent = 0;
        _done = 0;
        _latencies.Clear();
        _started.Clear();
        cpu = server.CpuTime();
        return Stopwatch.GetTimestamp();
    }

    private LoadResult End(long start, TimeSpan cpu, ServerProcess server)
    {
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        TimeSpan used = server.CpuTime() - cpu;
        _latencies.Sort();
        return new LoadResult(_sent, _done, took, used, Percentile(0.5), Percentile(0.99));
    }

    private double Percentile(double share) =>
        _latencies.Count == 0
            ? double.NaN
            : _latencies[Math.Min(_latencies.Count - 1, (int)(_latencies.Count * share))];

    private void Invite(long due)
    {
        _started[_next] = due;
        _socket.Send(_template.For(_next++));
        _sent++;
    }

    /// <summary>Takes one message; true when it ended a call.</summary>
    private bool Receive()
    {
        int length = _socket.Receive(_received);
        ReadOnlySpan<byte> message = _received.AsSpan(0, length);
        if (length < 12 || !message.StartsWith("SIP/2.0 "u8) || message[8] < (byte)'2')
        {
            return false;
        }

        _socket.Send(_ack.AsSpan(0, _template.Acknowledge(message, _ack)));
        int callId = message.IndexOf("Call-ID: "u8) + "Call-ID: ".Length;
        long call = long.Parse(
            message.Slice(callId, CallTemplate.IdLength),
            NumberStyles.HexNumber,
            CultureInfo.InvariantCulture
        );
        if (!_started.Remove(call, out long due))
        {
            return false;
        }

        _latencies.Add(Stopwatch.GetElapsedTime(due).TotalMicroseconds);
        _done++;
        return true;
    }
}
