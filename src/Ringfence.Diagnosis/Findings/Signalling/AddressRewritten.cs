using System.Net;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-19: something on the way rewrites addresses in SIP, and not all of them: a router's "SIP ALG".</summary>
internal sealed class AddressRewritten()
    : Rule("SG-19", FindingSeverity.Warning, FindingBasis.Interop, "RFC 3261 §18.2.1")
{
    public override bool Applies(CallView call) =>
        call.IsCall && call.Invite!.Transport is PacketTransport.Udp or PacketTransport.Tcp;

    public override Finding? Check(CallView call) => BetweenHops(call) ?? WithinMessage(call);

    // The same transaction seen before and behind a translator that is no proxy: no Via was added, and yet the text changed.
    private Finding? BetweenHops(CallView call)
    {
        var invite = call.Invite!;
        var branch = Branch(invite);
        var other = call.Call.Messages.FirstOrDefault(m =>
            m.Is(SipMethod.Invite)
            && m.CSeq == invite.CSeq
            && m.Source.Bits != invite.Source.Bits
            && branch.Length > 0
            && Branch(m) == branch
        );
        if (other is null)
        {
            return null;
        }

        var changed = new List<string>();
        Compare("Via", ViaHost(invite), ViaHost(other), changed);
        Compare("Contact", ContactHost(invite), ContactHost(other), changed);
        Compare("SDP c=", SdpHost(invite), SdpHost(other), changed);
        return changed.Count == 0
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                [invite, other],
                ("changed", string.Join(", ", changed)),
                ("kept", "Call-ID, branch")
            );
    }

    // One place names the public address that the packet came from, another a private one, and the session description was touched.
    private Finding? WithinMessage(CallView call)
    {
        var invite = call.Invite!;
        if (invite.Source.IsUnknown || CallView.IsPrivate(invite.Source.Address) || invite.Sdp is not { } sdp)
        {
            return null;
        }

        var source = invite.Source.Address.ToString();
        var media = SdpHost(invite);
        var stays = new List<string>();
        foreach (var (name, host) in new[] { ("Via", ViaHost(invite)), ("Contact", ContactHost(invite)) })
        {
            if (IPAddress.TryParse(host, out var address) && CallView.IsPrivate(address))
            {
                stays.Add($"{name} {host}");
            }
        }

        // Candidates say that the sender itself learned its public address (RFC 8445).
        var learned = sdp.Audio?.TryGetAttribute("candidate"u8, out _) == true;
        return media != source || stays.Count == 0 || learned
            ? null
            : Found(
                call,
                FindingConfidence.Possible,
                [invite],
                ("changed", "SDP c= " + media),
                ("kept", string.Join(", ", stays))
            );
    }

    private static void Compare(string name, string here, string there, List<string> changed)
    {
        if (here.Length > 0 && there.Length > 0 && here != there)
        {
            changed.Add($"{name} {here} → {there}");
        }
    }

    private static string Branch(TraceMessage message) =>
        Via.TryParse(message.Sip.Value(HeaderId.Via), out var via) ? TraceMessage.Text(via.Branch) : "";

    private static string ViaHost(TraceMessage message) =>
        Via.TryParse(message.Sip.Value(HeaderId.Via), out var via) ? TraceMessage.Text(via.SentBy.Address) : "";

    private static string ContactHost(TraceMessage message) =>
        NameAddr.TryParse(message.Sip.Value(HeaderId.Contact), out var contact)
        && SipUri.TryParse(contact.Uri, out var uri)
            ? TraceMessage.Text(uri.At.Address)
            : "";

    private static string SdpHost(TraceMessage message) => message.Sdp?.Audio?.Connection?.Host ?? "";
}
