using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Proxy;

/// <summary>The response context of one forwarded INVITE (RFC 3261 §16.2): made by <see cref="ProxyLayer.Forward"/>.</summary>
public sealed class ProxiedCall
{
    internal ProxiedCall(SipRequest request) => Request = request;

    /// <summary>The INVITE as it came.</summary>
    public SipRequest Request { get; }

    /// <summary>Whatever the owner wants to keep with the call.</summary>
    public object? Context { get; set; }

    /// <summary>Takes back what is pending, with CANCEL. False when the final response has been sent.</summary>
    /// <param name="statusCode">What the caller gets once no target is left.</param>
    /// <param name="reason">A Reason value for the CANCELs; empty for none.</param>
    public bool Cancel(int statusCode, ReadOnlySpan<byte> reason) => false;
}
