using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ringfence.Media.RtpEngine;

/// <summary>
/// Speaks rtpengine's ng protocol over UDP: a cookie, a space, a bencoded dictionary. Requests are repeated until the reply
/// comes or the deadline passes; what rtpengine cannot do is a value, never an exception. Safe for many threads.
/// </summary>
public sealed class RtpEngineClient : IDisposable
{
    private const int CookieLength = 20;

    private static readonly string[] Origin = ["origin"];

    private readonly ConcurrentDictionary<string, TaskCompletionSource<RtpEngineReply>> _waiting = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly Socket _socket;
    private readonly RtpEngineOptions _options;
    private readonly TimeProvider _clock;
    private readonly string _name;
    private long _count;

    /// <summary>Opens a socket of its own; nothing is sent yet.</summary>
    /// <param name="address">Where rtpengine listens for ng.</param>
    /// <param name="options">How long it is waited for.</param>
    /// <param name="clock">The time.</param>
    /// <param name="random">Makes cookies that no stranger guesses.</param>
    public RtpEngineClient(IPEndPoint address, RtpEngineOptions options, TimeProvider clock, Random random)
    {
        _options = options;
        _clock = clock;
        _name = random.NextInt64().ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        // Connected: the system drops what any other address sends.
        _socket.Connect(address);
        LocalAddress = ((IPEndPoint)_socket.LocalEndPoint!).Address;
        _ = ReceiveAsync();
    }

    /// <summary>This side's address, as rtpengine sees it.</summary>
    public IPAddress LocalAddress { get; }

    /// <summary>Asks whether it is there.</summary>
    public Task<RtpEngineReply> PingAsync(CancellationToken token = default) => SendAsync("ping", [], token);

    /// <summary>Hands it the session description of the side that offers; the reply has the one for the other side.</summary>
    public Task<RtpEngineReply> OfferAsync(
        RtpEngineLeg leg,
        string sdp,
        RtpEngineSide towards,
        CancellationToken token = default
    ) => SendAsync("offer", Described(leg, sdp, towards), token);

    /// <summary>Hands it the answer; the reply has the one for the side that offered.</summary>
    public Task<RtpEngineReply> AnswerAsync(
        RtpEngineLeg leg,
        string sdp,
        RtpEngineSide towards,
        CancellationToken token = default
    ) => SendAsync("answer", Described(leg, sdp, towards), token);

    /// <summary>Ends a call, or one branch of it, at once.</summary>
    public Task<RtpEngineReply> DeleteAsync(RtpEngineLeg leg, CancellationToken token = default) =>
        SendAsync("delete", With(leg, ("delete delay", 0)), token);

    /// <summary>Plays a file of rtpengine's machine to the side of <see cref="RtpEngineLeg.FromTag"/>.</summary>
    /// <param name="leg">To whom.</param>
    /// <param name="file">The file's path on rtpengine's machine.</param>
    /// <param name="times">How often.</param>
    /// <param name="token">Ends the waiting.</param>
    public Task<RtpEngineReply> PlayMediaAsync(
        RtpEngineLeg leg,
        string file,
        int times = 1,
        CancellationToken token = default
    ) => SendAsync("play media", With(leg, ("file", file), ("repeat-times", times)), token);

    /// <summary>Ends what <see cref="PlayMediaAsync"/> began.</summary>
    public Task<RtpEngineReply> StopMediaAsync(RtpEngineLeg leg, CancellationToken token = default) =>
        SendAsync("stop media", With(leg), token);

    /// <summary>Lets no media of <see cref="RtpEngineLeg.FromTag"/> through: a fork that is not the one that is heard.</summary>
    public Task<RtpEngineReply> BlockMediaAsync(RtpEngineLeg leg, CancellationToken token = default) =>
        SendAsync("block media", With(leg), token);

    /// <summary>Undoes <see cref="BlockMediaAsync"/>.</summary>
    public Task<RtpEngineReply> UnblockMediaAsync(RtpEngineLeg leg, CancellationToken token = default) =>
        SendAsync("unblock media", With(leg), token);

    /// <summary>
    /// Sends a digit in the name of the side of <see cref="RtpEngineLeg.FromTag"/>; the offer must have had the flag
    /// <c>inject DTMF</c>.
    /// </summary>
    /// <param name="leg">In whose name.</param>
    /// <param name="digit">0 to 9, *, #, A to D.</param>
    /// <param name="milliseconds">How long, 100 to 5000.</param>
    /// <param name="token">Ends the waiting.</param>
    public Task<RtpEngineReply> PlayDtmfAsync(
        RtpEngineLeg leg,
        char digit,
        int milliseconds = 100,
        CancellationToken token = default
    ) => SendAsync("play DTMF", With(leg, ("code", digit.ToString()), ("duration", milliseconds)), token);

    /// <summary>Tells packets and addresses of a call.</summary>
    public Task<RtpEngineReply> QueryAsync(string callId, CancellationToken token = default) =>
        SendAsync("query", [("call-id", callId)], token);

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _socket.Dispose();
        foreach (TaskCompletionSource<RtpEngineReply> waiting in _waiting.Values)
        {
            waiting.TrySetResult(RtpEngineReply.Of(RtpEngineFault.Away));
        }

        _closed.Dispose();
    }

    private static (string, Bencode)[] Described(RtpEngineLeg leg, string sdp, RtpEngineSide towards) =>
        With(
            leg,
            ("sdp", sdp),
            ("transport-protocol", towards.Transport),
            ("ICE", towards.Ice),
            ("rtcp-mux", towards.RtcpMux),
            ("replace", Origin),
            ("flags", towards.Flags)
        );

    private static (string, Bencode)[] With(RtpEngineLeg leg, params (string, Bencode)[] members)
    {
        List<(string, Bencode)> all = [("call-id", leg.CallId), .. members];
        (string, string?)[] names = [("from-tag", leg.FromTag), ("to-tag", leg.ToTag), ("via-branch", leg.ViaBranch)];
        foreach ((string name, string? value) in names)
        {
            if (value is not null)
            {
                all.Add((name, value));
            }
        }

        return [.. all];
    }

    private async Task<RtpEngineReply> SendAsync(
        string command,
        (string Name, Bencode Value)[] members,
        CancellationToken token
    )
    {
        if (_closed.IsCancellationRequested)
        {
            return RtpEngineReply.Of(RtpEngineFault.Away);
        }

        string cookie = $"{_name}{Interlocked.Increment(ref _count):x4}"[^CookieLength..];
        Bencode body = new Dictionary<string, Bencode>(
            members.Select(member => KeyValuePair.Create(member.Name, member.Value))
        )
        {
            ["command"] = command,
        };
        var reply = new TaskCompletionSource<RtpEngineReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_waiting.Count >= _options.MostWaiting || !_waiting.TryAdd(cookie, reply))
        {
            return RtpEngineReply.Of(RtpEngineFault.Busy);
        }

        try
        {
            return await RepeatAsync([.. Encoding.ASCII.GetBytes(cookie + ' '), .. body.Encode()], reply.Task, token)
                .ConfigureAwait(false);
        }
        finally
        {
            _waiting.TryRemove(cookie, out _);
        }
    }

    /// <summary>Sends until there is a reply: at once, then at doubling intervals, until the deadline.</summary>
    private async Task<RtpEngineReply> RepeatAsync(byte[] request, Task<RtpEngineReply> reply, CancellationToken token)
    {
        TimeSpan left = _options.Deadline;
        TimeSpan interval = _options.Again;
        while (left > TimeSpan.Zero)
        {
            TimeSpan pause = interval < left ? interval : left;
            try
            {
                await _socket.SendAsync(request, SocketFlags.None, token).ConfigureAwait(false);
                return await reply.WaitAsync(pause, _clock, token).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                left -= pause;
                interval *= 2;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Nobody listens there: the system says so on the next send. Or this client is closed.
                return RtpEngineReply.Of(RtpEngineFault.Away);
            }
        }

        return RtpEngineReply.Of(RtpEngineFault.Away);
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[ushort.MaxValue];
        while (!_closed.IsCancellationRequested)
        {
            try
            {
                int length = await _socket.ReceiveAsync(buffer, SocketFlags.None).ConfigureAwait(false);
                Take(buffer.AsSpan(0, length));
            }
            catch (SocketException)
            {
                // A refusal of the far system for an earlier request; that request runs into its deadline or hears it itself.
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Take(ReadOnlySpan<byte> datagram)
    {
        if (
            datagram.Length > CookieLength
            && datagram[CookieLength] == (byte)' '
            && _waiting.TryGetValue(
                Encoding.ASCII.GetString(datagram[..CookieLength]),
                out TaskCompletionSource<RtpEngineReply>? waiting
            )
        )
        {
            waiting.TrySetResult(RtpEngineReply.Of(datagram[(CookieLength + 1)..]));
        }
    }
}
