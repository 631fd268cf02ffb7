using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Registrar;

/// <summary>Steps 6 and 7 of RFC 3261 §10.3: what the bindings are after a REGISTER. Pure: all of it, or a refusal.</summary>
internal sealed class RegisterRules
{
    private const int MalformedExpires = 3600;
    private const int Hour = 3600;

    private readonly RegistrarOptions _options;
    private readonly SipRequest _request;
    private readonly DateTimeOffset _now;
    private readonly Peer _from;
    private readonly byte[] _callId;
    private readonly byte[] _path;
    private readonly uint _sequence;

    private RegisterRules(RegistrarOptions options, SipRequest request, in Peer from, DateTimeOffset now)
    {
        _options = options;
        _request = request;
        _now = now;
        _from = from;
        _callId = request.Value(HeaderId.CallId).ToArray();
        _path = PathOf(request);
        _sequence = CSeqValue.TryParse(request.Value(HeaderId.CSeq), out uint number, out _) ? number : 0;
    }

    /// <param name="options">What is accepted.</param>
    /// <param name="request">A REGISTER.</param>
    /// <param name="from">Where it came from.</param>
    /// <param name="stored">The bindings as they are.</param>
    /// <param name="now">The time.</param>
    internal static RegisterOutcome Apply(
        RegistrarOptions options,
        SipRequest request,
        in Peer from,
        IReadOnlyList<Binding> stored,
        DateTimeOffset now
    )
    {
        Binding[] current = [.. stored.Where(binding => binding.Expires > now)];
        var rules = new RegisterRules(options, request, from, now);
        return !request.Has(HeaderId.Contact) ? new RegisterOutcome(200, "", current)
            : rules.CheckPath() is { StatusCode: not 200 } refused ? refused
            : IsStar(request) ? rules.RemoveAll(current)
            : rules.Update(current);
    }

    private static bool IsStar(SipRequest request)
    {
        foreach (ReadOnlySpan<byte> item in request.Items(HeaderId.Contact))
        {
            if (item.SequenceEqual("*"u8))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>RFC 3327 §5.3: a Path that the user agent does not know of was slipped in, which it should hear of.</summary>
    private RegisterOutcome CheckPath()
    {
        if (_path.Length == 0)
        {
            return new RegisterOutcome(200, "", []);
        }

        foreach (ReadOnlySpan<byte> item in _request.Items(HeaderId.Path))
        {
            if (!NameAddr.TryParse(item, out NameAddr hop) || !hop.IsBracketed || !SipUri.TryParse(hop.Uri, out _))
            {
                return RegisterOutcome.Refuse(400, "Malformed Path");
            }
        }

        return !OptionTags.Has(_request, HeaderId.Supported, "path"u8) ? RegisterOutcome.Refuse(420)
            : _path.Length > _options.MaxPath ? RegisterOutcome.Refuse(403, "Path Too Long")
            : new RegisterOutcome(200, "", []);
    }

    /// <summary>Step 6: "*" stands alone and with Expires: 0, and spares what a later request has set.</summary>
    private RegisterOutcome RemoveAll(Binding[] current)
    {
        int contacts = 0;
        foreach (ReadOnlySpan<byte> _ in _request.Items(HeaderId.Contact))
        {
            contacts++;
        }

        bool isZero = DeltaSeconds.TryParse(_request.Value(HeaderId.Expires), out uint expires) && expires == 0;
        return contacts != 1 || !isZero ? RegisterOutcome.Refuse(400, "Contact * Needs Expires 0 Alone")
            : current.Any(IsLater) ? RegisterOutcome.Refuse(500, "Out Of Order")
            : new RegisterOutcome(200, "", []);
    }

    /// <summary>Step 7: each contact is added, updated or removed.</summary>
    private RegisterOutcome Update(Binding[] current)
    {
        List<Binding> bindings = [.. current];
        foreach (ReadOnlySpan<byte> item in _request.Items(HeaderId.Contact))
        {
            if (
                !NameAddr.TryParse(item, out NameAddr contact)
                || !SipUri.TryParse(contact.Uri, out _)
                || !TryQ(contact, out int q)
            )
            {
                return RegisterOutcome.Refuse(400, "Malformed Contact");
            }

            long expires = ExpiresOf(contact);
            if (expires > 0 && expires < Hour && expires < _options.MinExpires)
            {
                return RegisterOutcome.Refuse(423);
            }

            int at = IndexOf(bindings, contact.Uri);
            if (at >= 0 && IsLater(bindings[at]) && Array.IndexOf(current, bindings[at]) >= 0)
            {
                return RegisterOutcome.Refuse(500, "Out Of Order");
            }

            Binding? binding = expires == 0 ? null : Make(contact, q, Math.Min(expires, _options.MaxExpires));
            Put(bindings, at, binding);
            if (bindings.Count > _options.MaxBindings)
            {
                return RegisterOutcome.Refuse(403, "Too Many Contacts");
            }
        }

        return new RegisterOutcome(200, "", bindings);
    }

    /// <summary>True for a binding of the same Call-ID that this request does not come after.</summary>
    private bool IsLater(Binding binding) =>
        binding.CallId.Span.SequenceEqual(_callId) && _sequence <= binding.Sequence;

    /// <summary>The contact's own parameter, else the Expires header, else the default; nonsense is an hour (§20.10).</summary>
    private long ExpiresOf(in NameAddr contact)
    {
        bool isSaid =
            contact.TryGetParameter("expires"u8, out ReadOnlySpan<byte> text)
            || _request.TryGet(HeaderId.Expires, out text);
        return !isSaid ? _options.DefaultExpires
            : DeltaSeconds.TryParse(text, out uint seconds) ? seconds
            : MalformedExpires;
    }

    private static bool TryQ(in NameAddr contact, out int q)
    {
        q = 1000;
        return !contact.TryGetParameter("q"u8, out ReadOnlySpan<byte> text) || QValue.TryParse(text, out q);
    }

    private static int IndexOf(List<Binding> bindings, ReadOnlySpan<byte> uri)
    {
        for (int i = 0; i < bindings.Count; i++)
        {
            if (UriComparison.AreEqual(bindings[i].Uri.Span, uri))
            {
                return i;
            }
        }

        return -1;
    }

    private static void Put(List<Binding> bindings, int at, Binding? binding)
    {
        if (at >= 0)
        {
            bindings.RemoveAt(at);
        }

        if (binding is not null)
        {
            bindings.Insert(at >= 0 ? at : bindings.Count, binding);
        }
    }

    private Binding Make(in NameAddr contact, int q, long expires) =>
        new()
        {
            Uri = contact.Uri.ToArray(),
            Parameters = OthersOf(contact),
            Q = q,
            Expires = _now.AddSeconds(expires),
            CallId = _callId,
            Sequence = _sequence,
            Path = _path,
            From = _from,
        };

    private static byte[] OthersOf(in NameAddr contact)
    {
        var text = new StringBuilder();
        Parameters parameter = contact.Parameters;
        while (parameter.MoveNext())
        {
            if (!Ascii.EqualsIgnoreCase(parameter.Name, "q"u8) && !Ascii.EqualsIgnoreCase(parameter.Name, "expires"u8))
            {
                string value = Encoding.Latin1.GetString(parameter.Value);
                text.Append(';').Append(Encoding.Latin1.GetString(parameter.Name));
                text.Append(
                    parameter.IsQuoted ? $"=\"{value}\""
                    : parameter.HasValue ? $"={value}"
                    : ""
                );
            }
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static byte[] PathOf(SipRequest request)
    {
        var text = new StringBuilder();
        foreach (ReadOnlySpan<byte> item in request.Items(HeaderId.Path))
        {
            text.Append(text.Length > 0 ? "," : "").Append(Encoding.Latin1.GetString(item));
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
