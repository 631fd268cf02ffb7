using Ringfence.Edge.Pipeline;
using Ringfence.Screening.Facts;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Numbers;

namespace Ringfence.Edge.Stages;

/// <summary>Signs a call on its way out (RFC 8224 §6.1), and each retargeting of it (RFC 8946 §4.1).</summary>
internal static class Signing
{
    /// <summary>Adds the Identity lines that the policy of signing permits, and Date where it is missing.</summary>
    internal static void Sign(
        AdmittedCall admitted,
        ReadOnlySpan<ProxyTarget> targets,
        CallerLines lines,
        DateTimeOffset now
    )
    {
        CallIdentity identity = admitted.Identity;
        if (identity.Engine?.Signer is not { } signer || !signer.Signs(admitted.Trunk.Name))
        {
            return;
        }

        SipRequest invite = admitted.Call.Request;
        List<ReadOnlyMemory<byte>> identities = StirFacts.Identities(invite);
        SigningRequest request = Request(admitted, identities, signer);
        identity.Signed = signer.Service.Sign(request);
        bool hasSigned = false;
        if (identity.Signed.Identity is { } signed)
        {
            hasSigned = true;
            Add(signed, lines, identities);
        }

        foreach (ProxyTarget target in targets)
        {
            foreach (
                SignedIdentity diverted in signer.Service.Divert(
                    identities,
                    RequestUri(invite),
                    target.RequestUri,
                    identity.Trunk.Numbers
                )
            )
            {
                hasSigned = true;
                Add(diverted, lines, identities);
            }
        }

        if (hasSigned && !invite.Has(HeaderId.Date))
        {
            byte[] date = new byte[SipDate.Length];
            SipDate.Write(now, date);
            lines.Add(new HeaderField(HeaderId.Date, date));
        }
    }

    private static SigningRequest Request(
        AdmittedCall admitted,
        List<ReadOnlyMemory<byte>> identities,
        StirSigner signer
    )
    {
        SipRequest invite = admitted.Call.Request;
        NumberPlan plan = admitted.Identity.Trunk.Numbers;
        List<ReadOnlyMemory<byte>> asserted = admitted.Identity.Trunk.IsTrusted ? StirFacts.Asserted(invite) : [];
        return new SigningRequest
        {
            Trunk = admitted.Trunk.Name,
            Customer = signer.CustomerOf(admitted.Trunk.Name, admitted.Parties.Caller),
            From = StirFacts.UriOf(invite, invite.Value(HeaderId.From)),
            AssertedIdentity = asserted.Count > 0 ? asserted[0] : default,
            IsPrivate = (InviteParties.PrivacyOf(invite) & (PrivacyRequests.Id | PrivacyRequests.User)) != 0,
            Destination = Destination(invite, plan),
            IsEmergency = IsEmergency(admitted),
            Identities = identities,
            Numbers = plan,
        };
    }

    /// <summary>To (RFC 8224 §4.1); the Request-URI where To names no number, as behind a gateway.</summary>
    private static ReadOnlyMemory<byte> Destination(SipRequest invite, NumberPlan plan)
    {
        ReadOnlyMemory<byte> to = StirFacts.UriOf(invite, invite.Value(HeaderId.To));
        return SipIdentity.From(to.Span, plan) is { IsUri: false } ? to : RequestUri(invite);
    }

    private static ReadOnlyMemory<byte> RequestUri(SipRequest invite) =>
        invite.Bytes.Overlaps(invite.RequestUri, out int offset)
            ? invite.Memory.Slice(offset, invite.RequestUri.Length)
            : default;

    private static bool IsEmergency(AdmittedCall admitted) =>
        new CallFacts
        {
            At = default,
            Caller = admitted.Parties.Caller,
            Callee = admitted.Parties.Callee,
        }.IsEmergency;

    /// <summary>The same PASSporT is written once, however many targets it serves.</summary>
    private static void Add(SignedIdentity signed, CallerLines lines, List<ReadOnlyMemory<byte>> identities)
    {
        byte[] header = System.Text.Encoding.ASCII.GetBytes(signed.Header);
        lines.Add(new HeaderField(HeaderId.Identity, header));
        identities.Add(header);
    }
}
