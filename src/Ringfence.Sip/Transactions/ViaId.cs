using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transactions;

/// <summary>
/// What identifies a request's transaction in its topmost Via (RFC 3261 §17.2.3): branch and sent-by, as places in the bytes
/// of the request; without the magic cookie the whole value counts.
/// </summary>
internal readonly struct ViaId
{
    private readonly SipRequest _request;
    private readonly int _branch;
    private readonly int _branchLength;
    private readonly int _host;
    private readonly int _hostLength;
    private readonly int _port;

    internal ViaId(SipRequest request, in Via via)
    {
        _request = request;
        _port = via.SentBy.Port;
        HasCookie = via.HasTransactionId;
        ReadOnlySpan<byte> bytes = request.Bytes;
        ReadOnlySpan<byte> branch = HasCookie ? via.Branch : TopVia.Item(request);
        ReadOnlySpan<byte> host = via.SentBy.Host;
        bytes.Overlaps(branch, out _branch);
        bytes.Overlaps(host, out _host);
        _branchLength = branch.Length;
        _hostLength = host.Length;
    }

    /// <summary>False for the branch of an RFC 2543 client.</summary>
    internal bool HasCookie { get; }

    /// <summary>The branch; the whole Via value without the cookie.</summary>
    internal ReadOnlySpan<byte> Branch => _request.Bytes.Slice(_branch, _branchLength);

    private ReadOnlySpan<byte> Host => _request.Bytes.Slice(_host, _hostLength);

    internal bool Equals(in ViaId other) =>
        HasCookie == other.HasCookie
        && _port == other._port
        && Branch.SequenceEqual(other.Branch)
        && Host.SequenceEqual(other.Host);

    internal ulong Hash(in KeyedHash hash) => hash.Of(Host, hash.Of(Branch, (uint)_port));
}
