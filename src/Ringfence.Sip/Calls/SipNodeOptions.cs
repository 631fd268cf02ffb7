using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>How a <see cref="SipNode"/> is set up: the options of its layers, lowest first.</summary>
public sealed record SipNodeOptions
{
    /// <summary>Ports, lanes, clock, and what is taken from the network at most.</summary>
    public required SipTransportOptions Transport { get; init; }

    /// <summary>The timers of RFC 3261.</summary>
    public SipTimers Timers { get; init; } = SipTimers.Default;

    /// <summary>What the transactions of a lane keep at most.</summary>
    public TransactionLimits Limits { get; init; } = TransactionLimits.Default;

    /// <summary>How the calls present themselves.</summary>
    public CallOptions Calls { get; init; } = CallOptions.Default;

    /// <summary>One lane, and defaults for everything else.</summary>
    /// <param name="listen">Where to listen, as <see cref="ListenAddress.TryParse"/> reads it; port 0 takes a free one.</param>
    /// <exception cref="ArgumentException">One of them cannot be read; the message says why.</exception>
    public static SipNodeOptions At(params ReadOnlySpan<string> listen)
    {
        List<ListenAddress> addresses = [];
        foreach (string text in listen)
        {
            if (!ListenAddress.TryParse(text, out ListenAddress address, out string error))
            {
                throw new ArgumentException(error, nameof(listen));
            }

            addresses.Add(address);
        }

        return new SipNodeOptions
        {
            Transport = new SipTransportOptions { Listen = addresses, Lanes = 1 },
        };
    }
}
