using System.Net;

namespace Ringfence.Sip.Resolve;

/// <summary>Which name servers are asked, for how long, and what is kept of their answers.</summary>
public sealed record DnsOptions
{
    /// <summary>The servers, in the order in which they are asked; recursive ones.</summary>
    public required IReadOnlyList<IPEndPoint> Servers { get; init; }

    /// <summary>How long one server may take to answer once.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often each server is asked.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>How long one question may take in all.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The longest that an answer is kept, whatever its TTL says.</summary>
    public TimeSpan MaxTtl { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The longest that an absence is kept.</summary>
    public TimeSpan MaxAbsenceTtl { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long it is kept that the servers failed or were silent (RFC 2308 §7).</summary>
    public TimeSpan FailureTtl { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Answers that are kept.</summary>
    public int MaxAnswers { get; init; } = 8192;

    /// <summary>Questions that are open at one time; above it a question fails at once.</summary>
    public int MaxQuestions { get; init; } = 256;

    /// <summary>The servers that /etc/resolv.conf names; the local one when it names none or is not there.</summary>
    public static DnsOptions FromSystem() => new() { Servers = ResolvConf.Read("/etc/resolv.conf") };
}
