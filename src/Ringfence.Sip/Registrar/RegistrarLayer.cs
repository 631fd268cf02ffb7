using System.Text;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Registrar;

/// <summary>
/// A lane's registrar (RFC 3261 §10.3). Hand it each REGISTER of <see cref="ICallHandler.OnRequest"/>; REGISTER has to be in
/// <see cref="CallOptions.Allow"/> and "path" in <see cref="CallOptions.Supported"/>. All lanes share one store.
/// </summary>
public sealed class RegistrarLayer
{
    private const int MostTries = 4;

    private readonly Lane _lane;
    private readonly IBindingStore _store;
    private readonly RegistrarOptions _options;
    private readonly DigestServer? _digest;
    private readonly Action<Exception> _fault;

    /// <summary>A registrar on a lane.</summary>
    /// <param name="lane">The lane whose requests it answers.</param>
    /// <param name="store">Where bindings are kept.</param>
    /// <param name="options">What is accepted.</param>
    /// <param name="digest">Who authenticates users; null for a network where From is believed.</param>
    /// <param name="fault">Told of an exception of the store; the request is answered 500.</param>
    public RegistrarLayer(
        Lane lane,
        IBindingStore store,
        RegistrarOptions options,
        DigestServer? digest,
        Action<Exception> fault
    )
    {
        ArgumentNullException.ThrowIfNull(lane);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(fault);
        _lane = lane;
        _store = store;
        _options = options;
        _digest = digest;
        _fault = fault;
    }

    /// <summary>Answers a REGISTER, now or when the store has answered. The numbers are those of RFC 3261 §10.3.</summary>
    public void Register(IncomingRequest incoming)
    {
        ArgumentNullException.ThrowIfNull(incoming);
        SipRequest request = incoming.Request;

        // 1. Is it for a domain of ours? 2. What it requires was checked by the call layer.
        if (!SipUri.TryParse(request.RequestUri, out SipUri at) || !IsOurs(Encoding.ASCII.GetString(at.Host)))
        {
            incoming.Answer(404, default, Body.None);
            return;
        }

        // 3. Who is it?
        DigestVerdict? verdict = _digest?.Check(request);
        if (verdict is { Outcome: not DigestOutcome.Authenticated })
        {
            HeaderField[] challenges = [.. verdict.Challenges.Select(value => new HeaderField(verdict.Id, value))];
            incoming.Answer(verdict.StatusCode, default, Body.None, challenges);
            return;
        }

        // 5. For whom? A user who is not there could not have come here.
        if (!TryAddress(request, HeaderId.To, out AddressOfRecord address) || !IsOurs(address.Domain))
        {
            incoming.Answer(404, default, Body.None);
        }
        // 4. May he? Nobody registers for somebody else.
        else if (
            !TryAddress(request, HeaderId.From, out AddressOfRecord sender)
            || sender != address
            || (verdict is not null && !_options.MayRegister(verdict.User, address))
        )
        {
            incoming.Answer(403, default, Body.None);
        }
        else
        {
            Finish(incoming, ChangeAsync(incoming, address));
        }
    }

    private bool IsOurs(string domain) =>
        _options.Domains.Any(ours => ours.Equals(domain, StringComparison.OrdinalIgnoreCase));

    private static bool TryAddress(SipRequest request, HeaderId id, out AddressOfRecord address)
    {
        address = default;
        return NameAddr.TryParse(request.Value(id), out NameAddr from)
            && AddressOfRecord.TryParse(from.Uri, out address);
    }

    /// <summary>6 and 7: by the rules, and committed as one; again when somebody else was quicker.</summary>
    private async ValueTask<RegisterOutcome> ChangeAsync(IncomingRequest incoming, AddressOfRecord address)
    {
        DateTimeOffset now = _lane.UtcNow;
        try
        {
            for (int i = 0; i < MostTries; i++)
            {
                IReadOnlyList<Binding> read = await _store.ReadAsync(address, default).ConfigureAwait(false);
                RegisterOutcome outcome = RegisterRules.Apply(_options, incoming.Request, incoming.From, read, now);
                bool isQuery = !incoming.Request.Has(HeaderId.Contact);
                CommitStatus status =
                    outcome.StatusCode != 200 || isQuery
                        ? CommitStatus.Committed
                        : await _store.CommitAsync(address, read, outcome.Bindings, default).ConfigureAwait(false);
                if (status != CommitStatus.Conflict)
                {
                    return status == CommitStatus.Full ? RegisterOutcome.Refuse(503) : outcome;
                }
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A commit that fails is a 500 (step 7), whatever a store throws.
            _fault(e);
        }

        return RegisterOutcome.Refuse(500);
    }

    private void Finish(IncomingRequest incoming, ValueTask<RegisterOutcome> changing)
    {
        if (changing.IsCompletedSuccessfully)
        {
            Answer(incoming, changing.GetAwaiter().GetResult());
        }
        else
        {
            _ = FinishAsync(incoming, changing);
        }
    }

    private async Task FinishAsync(IncomingRequest incoming, ValueTask<RegisterOutcome> changing)
    {
        RegisterOutcome outcome = await changing.ConfigureAwait(false);
        await _lane.PostAsync(new Changed(this, incoming, outcome)).ConfigureAwait(false);
    }

    /// <summary>8.</summary>
    private void Answer(IncomingRequest incoming, in RegisterOutcome outcome) =>
        incoming.Answer(
            outcome.StatusCode,
            Encoding.UTF8.GetBytes(outcome.ReasonPhrase),
            Body.None,
            RegisterReply.Headers(_options, incoming.Request, outcome, _lane.UtcNow)
        );

    private sealed class Changed(RegistrarLayer registrar, IncomingRequest incoming, RegisterOutcome outcome) : LaneWork
    {
        public override void Run(Lane lane) => registrar.Answer(incoming, outcome);
    }
}
