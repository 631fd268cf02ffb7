using Ringfence.Stir.Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Fetching;

/// <summary>A certificate or a failure, and until when it is kept.</summary>
internal sealed record CachedCertificate(Fault Fault, CertificatePath? Path, DateTimeOffset Expires);
