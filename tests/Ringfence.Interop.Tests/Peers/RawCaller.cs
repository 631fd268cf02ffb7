using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>
/// A caller of bare datagrams, for calls by the ten thousand that behave badly: ones that are taken back, and ones whose final
/// response is never acknowledged.
/// </summary>
internal sealed class RawCaller : IDisposable
{
    private const int Window = 200;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _buffer = new byte[65_535];
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly int _edgePort;
    private int _number;

    internal RawCaller(int edgePort)
    {
        _edgePort = edgePort;
        _socket.ReceiveBufferSize = 4 << 20;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Connect(IPAddress.Loopback, edgePort);
    }

    /// <summary>Calls that get a final response; each is acknowledged, or not. Returns how many did within the time.</summary>
    internal int Refused(int calls, bool acknowledge, TimeSpan within) =>
        Run(calls, "+33900000001", acknowledge, cancel: false, within);

    /// <summary>Calls that are taken back as soon as they ring.</summary>
    internal int Cancelled(int calls, TimeSpan within) =>
        Run(calls, "+33199001234", acknowledge: true, cancel: true, within);

    public void Dispose() => _socket.Dispose();

    private int Run(int calls, string from, bool acknowledge, bool cancel, TimeSpan within)
    {
        int sent = 0;
        int done = 0;
        for (long start = Stopwatch.GetTimestamp(); done < calls && Stopwatch.GetElapsedTime(start) < within; )
        {
            for (; sent < calls && _open.Count < Window; sent++)
            {
                string id = (++_number).ToString(CultureInfo.InvariantCulture);
                _open.Add(id);
                Send("INVITE", id, from, "1 INVITE", toTag: "");
            }

            if (_socket.Poll(200_000, SelectMode.SelectRead))
            {
                done += Receive(from, acknowledge, cancel) ? 1 : 0;
                continue;
            }

            // Datagrams get lost, on loopback as well when a buffer is full: what is open is asked for again (timer A).
            foreach (string id in _open)
            {
                Send("INVITE", id, from, "1 INVITE", toTag: "");
            }
        }

        _open.Clear();
        return done;
    }

    /// <summary>Takes one message; true when it ended a call.</summary>
    private bool Receive(string from, bool acknowledge, bool cancel)
    {
        string message = Encoding.UTF8.GetString(_buffer, 0, _socket.Receive(_buffer));
        string id = Header(message, "Call-ID").Split('@')[0];
        if (
            !message.StartsWith("SIP/2.0", StringComparison.Ordinal)
            || !Header(message, "CSeq").EndsWith("INVITE", StringComparison.Ordinal)
        )
        {
            return false;
        }

        int status = int.Parse(message.AsSpan(8, 3), CultureInfo.InvariantCulture);
        if (status < 200)
        {
            if (cancel && status > 100)
            {
                Send("CANCEL", id, from, "1 CANCEL", toTag: "");
            }

            return false;
        }

        if (acknowledge)
        {
            Send("ACK", id, from, "1 ACK", Header(message, "To").Split(";tag=")[^1]);
        }

        return _open.Remove(id);
    }

    private void Send(string method, string id, string from, string cseq, string toTag) =>
        _socket.Send(
            Encoding.ASCII.GetBytes(
                $"{method} sip:+33180001000@127.0.0.1:{_edgePort} SIP/2.0\r\n"
                    + $"Via: SIP/2.0/UDP {_socket.LocalEndPoint};branch=z9hG4bK{id};rport\r\n"
                    + $"From: <sip:{from}@caller.invalid>;tag=f{id}\r\n"
                    + $"To: <sip:+33180001000@127.0.0.1:{_edgePort}>{(toTag.Length > 0 ? ";tag=" + toTag : "")}\r\n"
                    + $"Call-ID: {id}@raw\r\nCSeq: {cseq}\r\nContact: <sip:{_socket.LocalEndPoint}>\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
            )
        );

    private static string Header(string message, string name)
    {
        int at = message.IndexOf("\r\n" + name + ": ", StringComparison.Ordinal) + name.Length + 4;
        return message[at..message.IndexOf("\r\n", at, StringComparison.Ordinal)];
    }
}
