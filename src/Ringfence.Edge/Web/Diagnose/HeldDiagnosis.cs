using Ringfence.Diagnosis.Findings;

namespace Ringfence.Edge.Web.Diagnose;

/// <summary>A diagnosis that its reader may come back to for a while.</summary>
/// <param name="Name">The names of the files.</param>
/// <param name="Diagnosis">What came of them.</param>
/// <param name="IsCut">Whether the reading was ended before its end.</param>
/// <param name="Size">Bytes of the files: about what it holds in memory.</param>
internal sealed record HeldDiagnosis(string Name, CallDiagnosis Diagnosis, bool IsCut, long Size);
