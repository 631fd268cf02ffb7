using System.Text;
using Ringfence.Edge.Pipeline;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Stages;

/// <summary>Progress by redirection: 302 with the targets as contacts, and the edge is out (RFC 3261 §21.3.3).</summary>
internal static class Redirecting
{
    internal static void Redirect(
        IncomingCall call,
        ReadOnlySpan<ProxyTarget> targets,
        CallJournal journal,
        CallIdentity identity
    )
    {
        StringBuilder contacts = new();
        double preference = 1;
        foreach (ProxyTarget target in targets)
        {
            contacts
                .Append(contacts.Length > 0 ? ", <" : "<")
                .Append(Encoding.UTF8.GetString(target.RequestUri.Span))
                .Append(">;q=");
            contacts.Append(preference.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture));
            preference = Math.Max(0.1, preference - 0.1);
        }

        journal.Mode("redirect");
        call.Redirect(302, Encoding.UTF8.GetBytes(contacts.ToString()), identity.TakeReasonLines());
        journal.Refused(302);
        journal.Close("edge");
    }
}
