using System.Collections;
using System.Net;

namespace Ringfence.Media.Rtp;

/// <summary>
/// Hands out pairs of ports from a range, each as late as possible after its last use, so that stray packets of the
/// last call do not reach the next. Thread-safe.
/// </summary>
public sealed class RtpPortRange
{
    private readonly Lock _lock = new();
    private readonly IPAddress _address;
    private readonly int _first;
    private readonly BitArray _taken;
    private int _next;

    /// <summary>A range.</summary>
    /// <param name="address">Address to bind to.</param>
    /// <param name="first">Lowest port; an odd one is passed over.</param>
    /// <param name="last">Highest port.</param>
    /// <param name="random">Chooses the pair to begin with.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no pair between the two.</exception>
    public RtpPortRange(IPAddress address, int first, int last, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last, IPEndPoint.MaxPort);
        _address = address;
        _first = first + (first & 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, _first + 1);
        _taken = new BitArray((last - _first + 1) / 2);
        _next = random.Next(_taken.Count);
    }

    /// <summary>Pairs in the range.</summary>
    public int Capacity => _taken.Count;

    /// <summary>Pairs handed out.</summary>
    public int InUse { get; private set; }

    /// <summary>Opens the next free pair, or answers null when the range is exhausted.</summary>
    public RtpSocketPair? Open()
    {
        for (var tries = 0; tries < _taken.Count; tries++)
        {
            if (Take() is not { } port)
            {
                return null;
            }
            if (RtpSocket.Open(new IPEndPoint(_address, port)) is { } rtp)
            {
                if (RtpSocket.Open(new IPEndPoint(_address, port + 1)) is { } rtcp)
                {
                    return new RtpSocketPair(rtp, rtcp, Release);
                }
                rtp.Dispose();
            }
            Release(port);
        }
        return null;
    }

    private int? Take()
    {
        lock (_lock)
        {
            for (var i = 0; i < _taken.Count; i++)
            {
                var pair = _next;
                _next = (_next + 1) % _taken.Count;
                if (!_taken[pair])
                {
                    _taken[pair] = true;
                    InUse++;
                    return _first + 2 * pair;
                }
            }
            return null;
        }
    }

    private void Release(int port)
    {
        lock (_lock)
        {
            _taken[(port - _first) / 2] = false;
            InUse--;
        }
    }
}
