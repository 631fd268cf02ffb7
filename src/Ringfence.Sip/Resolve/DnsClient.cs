using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Ringfence.Sip.Resolve;

/// <summary>
/// Asks recursive name servers: by UDP, each time from a new socket and so from a port of the system's random choosing, by
/// TCP when an answer does not fit or when somebody seems to guess (RFC 1035 §4.2, RFC 5452, RFC 7766).
/// </summary>
internal sealed class DnsClient : IDnsSource
{
    private const int MostDatagram = 4096;
    private const int MostForeign = 16;

    private readonly DnsOptions _options;
    private readonly TimeProvider _clock;

    internal DnsClient(DnsOptions options, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfZero(options.Servers.Count);
        _options = options;
        _clock = clock;
    }

    public async ValueTask<DnsAnswer> LookUpAsync(string name, DnsType type, CancellationToken token)
    {
        using var deadline = new CancellationTokenSource(_options.Deadline, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, token);
        DnsAnswer answer = DnsAnswer.Silent;
        for (int i = 0; i < _options.Attempts * _options.Servers.Count && !either.IsCancellationRequested; i++)
        {
            IPEndPoint server = _options.Servers[i % _options.Servers.Count];
            answer = await TryAsync(server, new DnsQuestion(name, type), either.Token).ConfigureAwait(false);
            if (answer.Status <= DnsStatus.Absent)
            {
                return answer;
            }
        }

        return answer;
    }

    private async Task<DnsAnswer> TryAsync(IPEndPoint server, DnsQuestion question, CancellationToken token)
    {
        using var attempt = new CancellationTokenSource(_options.AttemptTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(attempt.Token, token);
        try
        {
            return await ByDatagramAsync(server, question, either.Token).ConfigureAwait(false)
                ?? await ByStreamAsync(server, question, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return DnsAnswer.Silent;
        }
        catch (SocketException)
        {
            return DnsAnswer.Failed;
        }
    }

    /// <summary>Null when the question has to be put by TCP.</summary>
    private static async Task<DnsAnswer?> ByDatagramAsync(
        IPEndPoint server,
        DnsQuestion question,
        CancellationToken token
    )
    {
        // Connected: the kernel lets nothing through but what comes from this server's address and port.
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, token).ConfigureAwait(false);
        await socket.SendAsync(question.Bytes, token).ConfigureAwait(false);
        byte[] buffer = new byte[MostDatagram];
        for (int i = 0; i < MostForeign; i++)
        {
            int length = await socket.ReceiveAsync(buffer, token).ConfigureAwait(false);
            DnsReading reading = DnsReader.Read(buffer.AsSpan(0, length), question, true, out DnsAnswer answer);
            if (reading != DnsReading.Foreign)
            {
                return reading == DnsReading.Truncated ? null : answer;
            }
        }

        return null;
    }

    private static async Task<DnsAnswer> ByStreamAsync(IPEndPoint server, DnsQuestion question, CancellationToken token)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, token).ConfigureAwait(false);
        byte[] query = new byte[2 + question.Bytes.Length];
        BinaryPrimitives.WriteUInt16BigEndian(query, (ushort)question.Bytes.Length);
        question.Bytes.CopyTo(query.AsMemory(2));
        if (await socket.SendAsync(query, token).ConfigureAwait(false) < query.Length)
        {
            return DnsAnswer.Failed;
        }

        byte[] prefix = new byte[2];
        if (!await TryFillAsync(socket, prefix, token).ConfigureAwait(false))
        {
            return DnsAnswer.Failed;
        }

        byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        DnsAnswer answer = DnsAnswer.Failed;
        if (await TryFillAsync(socket, message, token).ConfigureAwait(false))
        {
            DnsReader.Read(message, question, false, out answer);
        }

        return answer;
    }

    private static async ValueTask<bool> TryFillAsync(Socket socket, Memory<byte> room, CancellationToken token)
    {
        while (!room.IsEmpty)
        {
            int read = await socket.ReceiveAsync(room, token).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            room = room[read..];
        }

        return true;
    }
}
