using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>The headers that say who and where we are and what we can do: Contact, Allow, Supported, Server, User-Agent.</summary>
internal sealed class OwnHeaders
{
    private readonly byte[] _product;
    private readonly byte[] _contactUser;
    private readonly byte[] _allow;
    private readonly byte[] _supported;
    private readonly byte[] _supportedReliably;
    private readonly Reliability _reliability;

    internal OwnHeaders(CallOptions options)
    {
        _product = Encoding.UTF8.GetBytes(options.Product);
        _contactUser = Encoding.UTF8.GetBytes(options.ContactUser.Length == 0 ? "" : options.ContactUser + "@");
        _allow = Encoding.UTF8.GetBytes(options.Allow);
        _supported = Encoding.UTF8.GetBytes(options.Supported);
        _supportedReliably = Encoding.UTF8.GetBytes(
            options.Supported.Length == 0 ? "100rel" : options.Supported + ", 100rel"
        );
        _reliability = options.Reliability;
    }

    /// <summary>Those of a response; one that makes or keeps a dialog says where we are (RFC 3261 §12.1.1, §13.3.1.4).</summary>
    internal void WriteReply(
        SipWriter writer,
        Call? call,
        bool ofDialog,
        in Peer local,
        ReadOnlySpan<HeaderField> headers
    )
    {
        if (ofDialog)
        {
            WriteContact(writer, local, headers);
            WriteAbilities(writer, headers, call);
        }

        WriteProduct(writer, HeaderId.Server, headers);
        WriteAll(writer, headers);
    }

    /// <summary>Those of a request within a dialog.</summary>
    internal void WriteRequest(
        SipWriter writer,
        Call call,
        SipMethod method,
        in Peer local,
        ReadOnlySpan<HeaderField> headers
    )
    {
        if (method is SipMethod.Invite or SipMethod.Update or SipMethod.Subscribe or SipMethod.Refer)
        {
            WriteContact(writer, local, headers);
            WriteAbilities(writer, headers, call);
        }

        WriteProduct(writer, HeaderId.UserAgent, headers);
        WriteAll(writer, headers);
    }

    /// <summary>Those of the INVITE that begins a call (§8.1.1.8, §13.2.1).</summary>
    internal void WriteInvite(SipWriter writer, OutgoingCall call, in Peer local)
    {
        Invitation invitation = call.Invitation;
        HeaderField[] headers = [.. invitation.Headers];
        if (!invitation.Contact.IsEmpty)
        {
            writer.Header(HeaderId.Contact, invitation.Contact.Span);
        }
        else
        {
            WriteContact(writer, local, headers);
        }

        WriteAbilities(writer, headers, call);
        if (call.Reliability == Reliability.Required)
        {
            writer.Header(HeaderId.Require, "100rel"u8);
        }

        WriteProduct(writer, HeaderId.UserAgent, headers);
        WriteAll(writer, headers);
    }

    internal static void WriteAll(SipWriter writer, ReadOnlySpan<HeaderField> headers)
    {
        foreach (ref readonly HeaderField header in headers)
        {
            header.WriteTo(writer);
        }
    }

    internal static void WriteAll(SipWriter writer, IReadOnlyList<HeaderField> headers)
    {
        for (int i = 0; i < headers.Count; i++)
        {
            headers[i].WriteTo(writer);
        }
    }

    private void WriteContact(SipWriter writer, in Peer local, ReadOnlySpan<HeaderField> headers)
    {
        if (!HeaderField.Find(headers, HeaderId.Contact).IsEmpty)
        {
            return;
        }

        writer.Begin(HeaderId.Contact);
        writer.Append("<sip:"u8);
        writer.Append(_contactUser);
        PeerText.AppendHostPort(writer, local);
        writer.Append(PeerText.TransportParameter(local.Kind));
        writer.Append(">"u8);
        writer.End();
    }

    private void WriteAbilities(SipWriter writer, ReadOnlySpan<HeaderField> headers, Call? call)
    {
        if (HeaderField.Find(headers, HeaderId.Allow).IsEmpty)
        {
            writer.Header(HeaderId.Allow, call is { Allow.IsEmpty: false } ? call.Allow.Span : _allow);
        }

        Reliability reliability = call?.Reliability ?? _reliability;
        if (HeaderField.Find(headers, HeaderId.Supported).IsEmpty)
        {
            byte[] tags = reliability == Reliability.Off ? _supported : _supportedReliably;
            writer.Begin(HeaderId.Supported);
            writer.Append(tags);
            writer.Append(
                call is not { TakesEarlySession: true } ? ""u8
                : tags.Length > 0 ? ", early-session"u8
                : "early-session"u8
            );
            writer.End();
        }
    }

    private void WriteProduct(SipWriter writer, HeaderId id, ReadOnlySpan<HeaderField> headers)
    {
        if (_product.Length > 0 && HeaderField.Find(headers, id).IsEmpty)
        {
            writer.Header(id, _product);
        }
    }
}
