using System.Buffers.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Proxy;

/// <summary>When one target is tried again: by another way, with credentials, or at its next address.</summary>
public sealed partial class ProxiedCall
{
    /// <summary>True when the failed branch lives on in another one, and its response counts for nothing.</summary>
    private bool TryAgain(ProxyBranch branch, int statusCode, SipResponse? response)
    {
        if (IsCompleted || _isClosed)
        {
            return false;
        }

        bool isUnreached = response is null && statusCode == 503;
        if (isUnreached && branch.Way.Kind != branch.Target.Destination.Kind)
        {
            // TCP was only asked for because of the length (RFC 3261 §18.1.1), and nobody listens there.
            Start(
                new ProxyBranch(this, branch.Target, branch.Breadth)
                {
                    Credentials = branch.Credentials,
                    Exchange = branch.Exchange,
                    IsShifted = branch.IsShifted,
                    IsAsTargeted = true,
                }
            );
            return true;
        }

        if (statusCode is 401 or 407 && response is not null && branch.TryAnswer(response, Request) is { } credentials)
        {
            Start(
                new ProxyBranch(this, branch.Target, branch.Breadth)
                {
                    Credentials = credentials,
                    Exchange = branch.Exchange,
                    IsShifted = true,
                    IsAsTargeted = branch.IsAsTargeted,
                }
            );
            return true;
        }

        return (statusCode == 503 || (response is null && statusCode == 408)) && TryNextAddress(branch, response);
    }

    /// <summary>RFC 3263 §4.3: the failed address is remembered, and the next one of the same place tried.</summary>
    private bool TryNextAddress(ProxyBranch branch, SipResponse? response)
    {
        ProxyTarget target = branch.Target;
        if (target.Destination.Connection == 0)
        {
            _layer.Dead?.Add(target.Destination, RetryAfter(response));
        }

        if (target.Others is not { Count: > 0 } others)
        {
            return false;
        }

        ProxyTarget next = target with { Destination = others[0], Others = [.. others.Skip(1)] };
        Start(new ProxyBranch(this, next, branch.Breadth));
        return true;
    }

    private static TimeSpan? RetryAfter(SipResponse? response) =>
        response is not null && Utf8Parser.TryParse(response.Value(HeaderId.RetryAfter), out int seconds, out _)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 3600))
            : null;

    private static (int StatusCode, SipResponse? Response) AsToldToCaller(
        ProxyBranch branch,
        int statusCode,
        SipResponse? response
    ) =>
        // Our credentials do not hold there, and the caller has none to offer.
        branch.Target.Login
            is not null
        && statusCode is 401 or 407
            ? (403, null)
        // The only way to this place is gone (RFC 5626 §5.3): it is not here at the moment.
        : response is null && statusCode == 503 && branch.Target.Destination.Connection != 0 ? (480, null)
        : (statusCode, response);

    /// <summary>Goes on to the contacts of a 3xx (§16.7 item 4), before all other targets; hosts are looked up first.</summary>
    private bool TryRedirect(SipResponse response)
    {
        if (_isClosed)
        {
            return false;
        }

        if (_redirections.Follow(response, _invite.From, late => Redirected(response, late)) is { } known)
        {
            return TryPutFirst(known);
        }

        _lookups++;
        return true;
    }

    private void Redirected(SipResponse response, IReadOnlyList<ProxyTarget> found)
    {
        _lookups--;
        if (!TryPutFirst(found) && !IsCompleted)
        {
            _best.Add(response.StatusCode, response);
        }

        Continue();
    }

    private bool TryPutFirst(IReadOnlyList<ProxyTarget> found)
    {
        if (_isClosed || found.Count == 0)
        {
            return false;
        }

        ProxyTarget[] later = [.. _targets];
        _targets.Clear();
        foreach (ProxyTarget target in found.Concat(later))
        {
            _targets.Enqueue(target);
        }

        return true;
    }
}
