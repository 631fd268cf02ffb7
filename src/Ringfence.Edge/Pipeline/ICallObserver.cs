using Ringfence.Screening.Rules;

namespace Ringfence.Edge.Pipeline;

/// <summary>Hears of calls as they go by: a page, a demonstration. Called on the lanes; must not hold them up.</summary>
public interface ICallObserver
{
    /// <summary>A call has ended.</summary>
    /// <param name="sipCallId">Its Call-ID on the caller's side.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="reasons">Its reasons, one a line.</param>
    void OnClosed(string sipCallId, in Verdict verdict, string reasons);
}
