using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Passport;
using Fault = Ringfence.Stir.Verification.Fault;

namespace Ringfence.Diagnosis.Findings;

/// <summary>One Identity header value of a request, as far as it can be read without a certificate.</summary>
/// <param name="Fault">The first fault of header or token.</param>
/// <param name="Header">The header's parts, where it has them.</param>
/// <param name="Token">The PASSporT, where it can be read; null for a compact one.</param>
internal sealed record ReadIdentity(Fault Fault, IdentityHeader Header, PassportToken? Token)
{
    public static IReadOnlyList<ReadIdentity> Of(TraceMessage? request)
    {
        if (request is null || !request.Sip.Has(HeaderId.Identity))
        {
            return [];
        }

        var found = new List<ReadIdentity>();
        for (
            var at = request.Sip.IndexOf(HeaderId.Identity, 0);
            at >= 0;
            at = request.Sip.IndexOf(HeaderId.Identity, at + 1)
        )
        {
            var header = request.Sip.Headers[at];
            var rest = request.Sip.Memory.Slice(header.ValueStart, header.ValueLength);
            while (!rest.IsEmpty)
            {
                found.Add(Read(IdentityHeaderReader.NextValue(rest, out rest), request.Sip.Has(HeaderId.Date)));
            }
        }

        return found;
    }

    private static ReadIdentity Read(ReadOnlyMemory<byte> value, bool hasDate)
    {
        var fault = IdentityHeaderReader.Read(value, out var header);
        if (fault != Fault.None)
        {
            return new ReadIdentity(fault, header, null);
        }

        if (PassportReader.IsCompact(header.Token.Span))
        {
            // Its time is that of Date (RFC 8224 §4.1).
            return new ReadIdentity(hasDate ? Fault.None : Fault.CompactWithoutDate, header, null);
        }

        fault = PassportReader.Read(header.Token, out var token);
        return new ReadIdentity(fault, header, token);
    }
}
