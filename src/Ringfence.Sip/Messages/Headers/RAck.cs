namespace Ringfence.Sip.Messages;

/// <summary>RAck = response-num LWS CSeq-num LWS Method (RFC 3262 §7.2).</summary>
public readonly ref struct RAck
{
    private RAck(uint rseq, uint cseq, ReadOnlySpan<byte> method)
    {
        ResponseNumber = rseq;
        CSeqNumber = cseq;
        Method = method;
    }

    /// <summary>The RSeq of the response that is acknowledged.</summary>
    public uint ResponseNumber { get; }

    /// <summary>The CSeq number of that response.</summary>
    public uint CSeqNumber { get; }

    /// <summary>The CSeq method of that response.</summary>
    public ReadOnlySpan<byte> Method { get; }

    /// <summary>Reads a RAck value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out RAck result)
    {
        result = default;
        int digits = Math.Max(0, value.IndexOfAnyExceptInRange((byte)'0', (byte)'9'));
        ReadOnlySpan<byte> rest = Lws.TrimStart(value[digits..]);
        if (
            digits + rest.Length == value.Length
            || !RSeq.TryParse(value[..digits], out uint rseq)
            || !CSeqValue.TryParse(rest, out uint cseq, out ReadOnlySpan<byte> method)
        )
        {
            return false;
        }

        result = new RAck(rseq, cseq, method);
        return true;
    }
}
