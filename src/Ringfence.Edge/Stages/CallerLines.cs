using System.Text;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Stages;

/// <summary>
/// What of the INVITE says who calls, as the callee gets it: what the caller's side wrote about the verdict is taken out, what
/// this edge found and signed is put in. The rest of the INVITE goes as it came.
/// </summary>
internal sealed class CallerLines
{
    private static readonly HeaderId[] Carriers =
    [
        HeaderId.From,
        HeaderId.PAssertedIdentity,
        HeaderId.PPreferredIdentity,
        HeaderId.Contact,
        HeaderId.ReferTo,
        HeaderId.ReferredBy,
        HeaderId.Diversion,
        HeaderId.HistoryInfo,
    ];

    private static readonly HeaderId[] Verdicts = [HeaderId.PAttestationIndicator, HeaderId.POriginationId];

    /// <summary>Names of the same without an id: 3GPP TS 24.229 §7.2.18, and what gateways write.</summary>
    private static readonly string[] VerdictNames = ["Attestation-Info", "Origination-Id", "Remote-Party-ID"];

    private readonly List<HeaderId> _replaced = [];
    private readonly List<HeaderField> _lines = [];

    private CallerLines() { }

    /// <summary>The headers of which no line goes as it came.</summary>
    internal IReadOnlyList<HeaderId> Replaced => _replaced;

    /// <summary>The lines in their place, and new ones.</summary>
    internal IReadOnlyList<HeaderField> Lines => _lines;

    /// <summary>The From value, when it is another.</summary>
    internal byte[]? From { get; private set; }

    internal static CallerLines Of(SipRequest invite, CallIdentity identity)
    {
        var lines = new CallerLines();
        lines.Clean(invite, identity);
        if (identity.Verstat is { } verstat)
        {
            lines.Mark(invite, identity, verstat);
        }

        return lines;
    }

    /// <summary>One more line, such as Identity.</summary>
    internal void Add(HeaderField line) => _lines.Add(line);

    /// <summary>The same as changes of a forwarded INVITE.</summary>
    internal ForwardOptions Apply(ForwardOptions options) =>
        _replaced.Count + _lines.Count == 0 ? options : options with { Remove = _replaced, Add = _lines };

    private void Clean(SipRequest invite, CallIdentity identity)
    {
        foreach (HeaderId id in Carriers)
        {
            bool isDropped =
                !identity.Trunk.IsTrusted && id is HeaderId.PAssertedIdentity or HeaderId.PPreferredIdentity;
            if (invite.Has(id) && (isDropped || HasVerstat(invite, id)))
            {
                Replace(invite, id, isDropped);
            }
        }

        foreach (HeaderId id in Verdicts)
        {
            if (invite.Has(id))
            {
                _replaced.Add(id);
            }
        }

        CleanUnnamed(invite);
    }

    private static bool HasVerstat(SipRequest invite, HeaderId id)
    {
        for (int at = invite.IndexOf(id, 0); at >= 0; at = invite.IndexOf(id, at + 1))
        {
            if (Verstat.Without(invite.Value(invite.Headers[at])) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private void Replace(SipRequest invite, HeaderId id, bool isDropped)
    {
        _replaced.Add(id);
        for (int at = invite.IndexOf(id, 0); at >= 0 && !isDropped; at = invite.IndexOf(id, at + 1))
        {
            ReadOnlySpan<byte> value = invite.Value(invite.Headers[at]);
            byte[] clean = Verstat.Without(value) ?? Verstat.Unfolded(value);
            From = id == HeaderId.From ? clean : From;
            _lines.Add(new HeaderField(id, clean));
        }
    }

    /// <summary>Headers without an id are removed and written anew when one of them says what only this edge may say.</summary>
    private void CleanUnnamed(SipRequest invite)
    {
        bool isFound = false;
        foreach (ref readonly HeaderRef header in invite.Headers)
        {
            isFound |= header.Id == HeaderId.Other && IsVerdict(invite.Name(header));
        }

        if (!isFound)
        {
            return;
        }

        _replaced.Add(HeaderId.Other);
        foreach (ref readonly HeaderRef header in invite.Headers)
        {
            if (header.Id == HeaderId.Other && !IsVerdict(invite.Name(header)))
            {
                _lines.Add(
                    new HeaderField(
                        Encoding.UTF8.GetString(invite.Name(header)),
                        Encoding.UTF8.GetString(Verstat.Unfolded(invite.Value(header)))
                    )
                );
            }
        }
    }

    private static bool IsVerdict(ReadOnlySpan<byte> name)
    {
        foreach (string known in VerdictNames)
        {
            if (Ascii.EqualsIgnoreCase(name, known))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>verstat stands with the identity that was verified: the first asserted one of a trusted trunk, else From.</summary>
    private void Mark(SipRequest invite, CallIdentity identity, string verstat)
    {
        HeaderId id =
            identity.Trunk.IsTrusted && invite.Has(HeaderId.PAssertedIdentity)
                ? HeaderId.PAssertedIdentity
                : HeaderId.From;
        ReadOnlySpan<byte> first = invite.Value(id);
        byte[]? clean = Verstat.Without(first);
        if (Verstat.With(clean ?? first, verstat) is { } marked)
        {
            Put(invite, id, marked);
        }

        if (identity.Result is { Outcome: VerificationOutcome.Passed } result)
        {
            _lines.Add(new HeaderField(HeaderId.PAttestationIndicator, result.Attestation.ToString()));
            if (result.OrigId is { } origId)
            {
                _lines.Add(new HeaderField(HeaderId.POriginationId, origId));
            }
        }
    }

    /// <summary>Puts a value in place of the first line of a header; its other lines stay.</summary>
    private void Put(SipRequest invite, HeaderId id, byte[] value)
    {
        if (!_replaced.Contains(id))
        {
            Replace(invite, id, isDropped: false);
        }

        _lines[_lines.FindIndex(line => line.Id == id)] = new HeaderField(id, value);
        From = id == HeaderId.From ? value : From;
    }
}
