using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Proxy;

/// <summary>
/// The final responses of a forwarded request's branches, and which of them the caller gets (RFC 3261 §16.7 item 6): 6xx before
/// all, then the lowest class, and within 4xx those that tell the caller how to try again.
/// </summary>
public sealed class BestResponse
{
    private int _rank = int.MaxValue;

    /// <summary>Its status; 408 while there is none (§16.7 item 6).</summary>
    public int StatusCode { get; private set; } = 408;

    /// <summary>The response itself; null for a status that stands for none.</summary>
    public SipResponse? Response { get; private set; }

    /// <summary>Every 401 and 407: their challenges go together (item 7).</summary>
    internal List<SipResponse> Challenges { get; } = [];

    /// <summary>A branch is over.</summary>
    /// <param name="statusCode">With what, 300 to 699.</param>
    /// <param name="response">Its response; null where none came.</param>
    public void Add(int statusCode, SipResponse? response)
    {
        if (response is not null && statusCode is 401 or 407)
        {
            Challenges.Add(response!);
        }

        int rank = Rank(statusCode);
        if (rank < _rank)
        {
            _rank = rank;
            StatusCode = statusCode;
            Response = response;
        }
    }

    /// <summary>Smaller is better.</summary>
    internal static int Rank(int statusCode) =>
        statusCode switch
        {
            >= 600 => 0,
            401 or 407 or 415 or 420 or 484 => 400,
            // A branch that never answered says less than one that did.
            408 => 498,
            487 => 499,
            < 500 => statusCode / 100 * 100 + 1,
            // 503 says something of one server, not of all (item 6).
            503 => 599,
            _ => 500,
        };
}
