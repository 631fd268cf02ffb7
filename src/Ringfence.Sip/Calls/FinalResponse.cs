using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <summary>What became of an INVITE.</summary>
/// <param name="StatusCode">200 to 699; without a response what stands for none: 408 for none in time, 487 for a call taken back, 503 for no way.</param>
/// <param name="Response">The response, where one came.</param>
public readonly record struct FinalResponse(int StatusCode, SipResponse? Response)
{
    /// <summary>True for a call that is up.</summary>
    public bool IsAnswered => StatusCode is >= 200 and < 300;
}
